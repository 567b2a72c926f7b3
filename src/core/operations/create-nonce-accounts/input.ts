import { z } from 'zod';
import { MAX_NONCE_NUMBER } from '#core/nonces/nonce-view.ts';
import { AddressText } from '#core/units/wire.ts';

/** Nonce accounts that one request makes at most. */
export const MOST_NONCES_AT_ONCE = 50;

/**
 * Makes nonce accounts at addresses derived from a key and consecutive numbers. Those that exist are left out, so the same
 * request goes on where it stopped and makes nothing twice.
 */
export const CreateNonceAccountsInput = z.strictObject({
  kind: z.literal('create-nonce-accounts'),
  /** The key the addresses are derived from; it signs. */
  base: AddressText,
  /** Who will hold them. It need not sign. */
  authority: AddressText,
  first: z.number().int().min(1).max(MAX_NONCE_NUMBER),
  count: z.number().int().min(1).max(MOST_NONCES_AT_ONCE),
});

export type CreateNonceAccountsInput = z.output<typeof CreateNonceAccountsInput>;
