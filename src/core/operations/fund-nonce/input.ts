import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';

/** Sends SOL from the fee payer into a nonce account. */
export const FundNonceInput = z.strictObject({
  kind: z.literal('fund-nonce'),
  nonceAccount: AddressText,
  lamports: U64,
});

export type FundNonceInput = z.output<typeof FundNonceInput>;
