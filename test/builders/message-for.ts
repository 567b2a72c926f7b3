import type { TransactionInstruction } from '@solana/web3.js';
import type { Address } from '#core/solana/address.ts';
import { buildMessage, withNonce } from '#core/transactions/build.ts';
import { type Lifetime, recentValueOf } from '#core/transactions/lifetime.ts';

/** Message bytes that live as long as this lifetime says. */
export function messageFor(
  instructions: readonly TransactionInstruction[],
  { payer, lifetime }: { payer: Address; lifetime: Lifetime },
): Uint8Array {
  const nonce = lifetime.kind === 'nonce' ? lifetime : undefined;
  return buildMessage(withNonce(instructions, nonce), { payer, blockhash: recentValueOf(lifetime) });
}
