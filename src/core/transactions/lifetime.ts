import type { Address } from '#core/solana/address.ts';

/** About half a minute: until a block height. */
export type BlockhashLifetime = {
  readonly kind: 'blockhash';
  readonly blockhash: string;
  readonly lastValidBlockHeight: bigint;
};

/** Without end, until the value is used or the authority moves it. */
export type NonceLifetime = {
  readonly kind: 'nonce';
  readonly account: Address;
  /** Signs the advance; whoever holds it can cancel. */
  readonly authority: Address;
  /** Base58: the value that the transaction uses up. */
  readonly nonce: string;
  /** Slot in which the account held it: what an earlier state of the chain holds does not tell that it moved since. */
  readonly seenInSlot?: bigint;
};

/**
 * What keeps a transaction alive, as it is chosen before there are bytes. Solana plans to replace durable nonces: the successor
 * is one more member, and what follows from each member for the bytes stands in `recentValueOf` and `withNonce` alone.
 */
export type Lifetime = BlockhashLifetime | NonceLifetime;

/** The same of bytes that are there: who may move the nonce is told by the review. */
export type KeptLifetime = BlockhashLifetime | Omit<NonceLifetime, 'authority'>;

/** What stands in the place of the recent blockhash, base58. */
export function recentValueOf(lifetime: KeptLifetime): string {
  switch (lifetime.kind) {
    case 'blockhash':
      return lifetime.blockhash;
    case 'nonce':
      return lifetime.nonce;
  }
}
