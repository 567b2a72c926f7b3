import type { Account, ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';

/** Accounts that exist, by address. */
export type KnownAccounts = ReadonlyMap<Address, Account>;

/**
 * What to read before something is known, as a value: each `read` is one round trip, and its answer leads to the next. The
 * steps are pure, so a test can count the round trips and a script can answer them from a file.
 */
export type ReadPlan<T> =
  | {
      readonly kind: 'read';
      readonly addresses: readonly Address[];
      /** Takes the accounts that exist among `addresses`. */
      readonly next: (accounts: KnownAccounts) => ReadPlan<T>;
    }
  | { readonly kind: 'done'; readonly value: T };

/**
 * A plan that reads whatever `wanted` names, until everything it names has been asked for.
 *
 * @param wanted - every address that can be named with what is known so far, in any order, repeats allowed
 */
export function planReads<T>(
  wanted: (known: KnownAccounts) => readonly Address[],
  done: (known: KnownAccounts) => T,
): ReadPlan<T> {
  return nextRound(new Map(), new Set());

  function nextRound(known: KnownAccounts, asked: ReadonlySet<Address>): ReadPlan<T> {
    const addresses = [...new Set(wanted(known))].filter((address) => !asked.has(address));
    if (addresses.length === 0) return { kind: 'done', value: done(known) };
    return {
      kind: 'read',
      addresses,
      next: (accounts) => nextRound(new Map([...known, ...accounts]), new Set([...asked, ...addresses])),
    };
  }
}

/**
 * Carries a plan out, one round trip after the other.
 *
 * @throws AppError what the reader throws, and what the plan throws on what it finds
 */
export async function followPlan<T>(plan: ReadPlan<T>, chain: Pick<ChainReader, 'readAccounts'>): Promise<T> {
  let step = plan;
  while (step.kind === 'read') {
    const { accounts } = await chain.readAccounts(step.addresses);
    step = step.next(new Map(accounts.flatMap((account) => (account ? [[account.address, account]] : []))));
  }
  return step.value;
}
