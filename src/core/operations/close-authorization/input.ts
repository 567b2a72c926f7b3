import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Removes an inactive authorization; its rent goes to the fee payer. The join authority signs. */
export const CloseAuthorizationInput = z.strictObject({
  kind: z.literal('close-authorization'),
  /** The system program stands for everyone. */
  grantee: AddressText,
});

export type CloseAuthorizationInput = z.output<typeof CloseAuthorizationInput>;
