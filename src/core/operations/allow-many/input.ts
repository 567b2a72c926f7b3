import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Lets many users join, each by an authorization of its own. Those who may already are left out. */
export const AllowManyInput = z.strictObject({
  kind: z.literal('allow-many'),
  users: z
    .array(z.strictObject({ address: AddressText, label: z.string().max(64) }))
    .min(1)
    .max(2_000),
});

export type AllowManyInput = z.output<typeof AllowManyInput>;
