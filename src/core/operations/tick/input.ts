import { z } from 'zod';
import { RunId } from '../run-fields.ts';

/** Lets the run look at the clock. Anybody may; the fee payer signs alone. */
export const TickInput = z.strictObject({ kind: z.literal('tick'), runId: RunId });

export type TickInput = z.output<typeof TickInput>;
