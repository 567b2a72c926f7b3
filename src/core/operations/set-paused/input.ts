import { z } from 'zod';
import { RunId } from '../run-fields.ts';

/** Pauses a run, or starts or resumes it. */
export const SetPausedInput = z.strictObject({
  kind: z.literal('set-paused'),
  runId: RunId,
  paused: z.boolean(),
});

export type SetPausedInput = z.output<typeof SetPausedInput>;
