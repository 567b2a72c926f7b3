import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Takes the value of a nonce: what was signed with it can never land. */
export const AdvanceNonceInput = z.strictObject({
  kind: z.literal('advance-nonce'),
  nonceAccount: AddressText,
  /** Holds the nonce account now; signs. */
  authority: AddressText,
});

export type AdvanceNonceInput = z.output<typeof AdvanceNonceInput>;
