import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Hands a nonce account over to another key. */
export const AuthorizeNonceInput = z.strictObject({
  kind: z.literal('authorize-nonce'),
  nonceAccount: AddressText,
  /** Holds the nonce account now; signs. */
  authority: AddressText,
  newAuthority: AddressText,
});

export type AuthorizeNonceInput = z.output<typeof AuthorizeNonceInput>;
