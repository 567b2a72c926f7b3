import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Replaces the keys that may join in the name of a grantee. The grantee signs. */
export const SetDelegatesInput = z.strictObject({
  kind: z.literal('set-delegates'),
  /** The join authority that gave the authorization. */
  grantor: AddressText,
  grantee: AddressText,
  /** The whole list as it should be afterwards. */
  delegates: z.array(AddressText).max(300),
});

export type SetDelegatesInput = z.output<typeof SetDelegatesInput>;
