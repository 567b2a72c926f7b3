import { z } from 'zod';

/** How a simulated client behaves. */
export const ClientScript = z.strictObject({
  /** How far into the time allowed for it a round's training, or the warm-up, is done. Percent. */
  trainPercent: z.number().int().min(0).max(100).default(50),
  /** Epochs it takes part in before it leaves; it stays unless given. */
  epochs: z.number().int().min(1).max(65_535).optional(),
  /** Steps of the run after which it falls silent in the middle of an epoch; never unless given. */
  dropsOutAfterSteps: z.number().int().min(0).max(1_000_000).optional(),
});
export type ClientScript = z.infer<typeof ClientScript>;

/**
 * A simulated client as it is saved. Its script is kept in the run's own numbers, so that nothing else has to be
 * remembered for it to go on after a restart.
 */
export const ClientRecord = z.strictObject({
  /** Its key is derived from this and the network's seed; never given twice on one network. */
  number: z.number().int().min(0),
  runId: z.string(),
  trainPercent: z.number().int().min(0).max(100),
  /** The last epoch of the run it joins. */
  lastEpoch: z.number().int().min(-1).optional(),
  /** From this step of the run on it does nothing any more. */
  silentFromStep: z.number().int().min(0).optional(),
});
export type ClientRecord = z.infer<typeof ClientRecord>;
