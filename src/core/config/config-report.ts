import { z } from 'zod';

/** One thing wrong, or worth knowing, in a configuration file. */
export const ConfigFinding = z.strictObject({
  level: z.enum(['error', 'rule', 'warning']),
  /** Key path: `model.LLM.optimizer.Distro.compression_topk`. */
  path: z.string(),
  /** 1-based place in the text; 0 when it has none. */
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  remedy: z.string(),
  /** Error code the program would answer with, for broken on-chain rules. */
  programError: z.string().optional(),
});

export type ConfigFinding = z.output<typeof ConfigFinding>;

/** What a configuration text says and whether the chain would take it. */
export const ConfigReport = z.strictObject({
  /** Parses, and passes every rule the program checks. */
  acceptable: z.boolean(),
  findings: z.array(ConfigFinding),
  /** Missing keys that have a safe default, insertable by one action. */
  insertable: z.array(z.string()),
  /** Every value in display form, in the order of the chain; empty when it does not parse. */
  values: z.array(z.strictObject({ path: z.string(), value: z.string() })),
  sizeBytes: z.number().int(),
});

export type ConfigReport = z.output<typeof ConfigReport>;
