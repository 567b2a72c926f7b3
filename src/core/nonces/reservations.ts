import type { Message } from '#core/solana/message.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import type { JournaledTransaction } from '#core/journal/entry.ts';

/** A pending transaction that keeps a nonce account busy. One value is one transaction. */
export type Reservation = {
  readonly transactionId: string;
  readonly title: string;
  readonly nonceAccount: Address;
  /** The value it was built on; absent for one that moves, empties or hands over the account whatever its value. */
  readonly nonce?: string;
};

/** What the transactions of one cluster that may still land have reserved, from their own bytes. */
export function reservationsIn(transactions: readonly JournaledTransaction[], genesisHash: string): Reservation[] {
  return transactions.flatMap(({ signed, end }) => {
    if (end !== undefined || signed.genesisHash !== genesisHash) return [];
    const { message } = decodeTransaction(signed.wire);
    const by = { transactionId: signed.id, title: signed.title };
    const lifetime = readLifetime(message);
    const changed = accountsOf(message, CHANGES_NONCE).map((nonceAccount) => ({ ...by, nonceAccount }));
    if (lifetime.kind !== 'nonce') return changed;
    const { nonceAccount, nonce } = lifetime;
    return [{ ...by, nonceAccount, nonce }, ...changed.filter((each) => each.nonceAccount !== nonceAccount)];
  });
}

/** `AdvanceNonceAccount`, `WithdrawNonceAccount`, `AuthorizeNonceAccount`. Source: Solana SDK, `SystemInstruction`. */
const CHANGES_NONCE = [4, 5, 7];

/** `InitializeNonceAccount`. Source: Solana SDK, `SystemInstruction`. */
const INITIALIZES_NONCE = [6];

/** Nonce accounts that a transaction makes, from its bytes. */
export function noncesMadeBy({ signed }: JournaledTransaction): Address[] {
  return accountsOf(decodeTransaction(signed.wire).message, INITIALIZES_NONCE);
}

/** First accounts of the System instructions with these numbers, each once. A number is u32 little-endian. */
function accountsOf({ staticKeys, instructions }: Message, tags: readonly number[]): Address[] {
  const found = instructions.flatMap(({ programIndex, accountIndexes, data }) => {
    const [tag = -1, ...rest] = data.subarray(0, 4);
    const account = staticKeys[accountIndexes[0] ?? -1];
    const isOne = staticKeys[programIndex] === SYSTEM_PROGRAM && tags.includes(tag) && rest.every((byte) => byte === 0);
    return isOne && account !== undefined ? [account] : [];
  });
  return [...new Set(found)];
}
