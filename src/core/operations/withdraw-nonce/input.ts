import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';

/** Takes SOL out of a nonce account. All of it closes the account. */
export const WithdrawNonceInput = z.strictObject({
  kind: z.literal('withdraw-nonce'),
  nonceAccount: AddressText,
  /** Holds the nonce account now; signs. */
  authority: AddressText,
  /** Who gets the SOL. */
  to: AddressText,
  lamports: U64,
});

export type WithdrawNonceInput = z.output<typeof WithdrawNonceInput>;
