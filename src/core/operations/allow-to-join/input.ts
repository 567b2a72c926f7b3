import { z } from 'zod';
import { WhoMayJoin } from '../create-run/input.ts';

/** Lets everyone, or one user, join every run that accepts this join authority. */
export const AllowToJoinInput = z.strictObject({
  kind: z.literal('allow-to-join'),
  whoMayJoin: WhoMayJoin,
});

export type AllowToJoinInput = z.output<typeof AllowToJoinInput>;
