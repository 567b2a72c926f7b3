import { z } from 'zod';
import { RunId } from '../run-fields.ts';

/** Removes a plain run for good; the rent of both accounts goes to its main authority. */
export const CloseRunInput = z.strictObject({ kind: z.literal('close-run'), runId: RunId });

export type CloseRunInput = z.output<typeof CloseRunInput>;
