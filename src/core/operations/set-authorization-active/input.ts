import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Makes an authorization count again, or no longer. The join authority signs; the account and its rent stay. */
export const SetAuthorizationActiveInput = z.strictObject({
  kind: z.literal('set-authorization-active'),
  /** The system program stands for everyone. */
  grantee: AddressText,
  active: z.boolean(),
});

export type SetAuthorizationActiveInput = z.output<typeof SetAuthorizationActiveInput>;
