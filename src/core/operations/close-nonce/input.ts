import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';

/** Takes everything out of a nonce account, which is gone then. */
export const CloseNonceInput = z.strictObject({
  kind: z.literal('close-nonce'),
  nonceAccount: AddressText,
  /** Holds the nonce account now; signs. */
  authority: AddressText,
  /** Who gets the SOL. */
  to: AddressText,
});

export type CloseNonceInput = z.output<typeof CloseNonceInput>;
