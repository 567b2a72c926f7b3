import { z } from 'zod';
import { HelpfulAction } from '#core/operations/place.ts';

/** One reason an error can have, and how to know that it is this one. */
const Reason = z.strictObject({ cause: z.string(), check: z.string(), remedy: z.string() });

/** A failure the cluster reported, translated. */
export const Failure = z.strictObject({
  /** Which instruction failed, from 0; absent when the transaction failed as a whole. */
  instructionIndex: z.number().int().optional(),
  /** The program that failed: the innermost one, which may have been called by another. */
  program: z.string().optional(),
  /** Custom error code. Means something only together with `program`. */
  code: z.number().int().optional(),
  /** Name in the program's or the cluster's source, such as `ConfigSanityCheckFailed`. */
  name: z.string(),
  /** The account an Anchor constraint complained about. */
  account: z.string().optional(),
  cause: z.string(),
  /** Which value, account or screen shows it; absent when there is nothing to look at. */
  check: z.string().optional(),
  remedy: z.string(),
  /** The remedy as a button, when the app has the place for it. */
  action: HelpfulAction.optional(),
  /** What else the same code can mean here, most likely first; absent when the cause is certain. */
  possible: z.array(Reason).optional(),
  /** Its entry in the error atlas; absent for errors the atlas does not know. */
  entry: z.string().optional(),
});

export type Failure = z.output<typeof Failure>;
