import type { Address } from '#core/solana/address.ts';
import type { LineFinding, ListedUsers } from '#core/authorizations/parse-users.ts';

/** What a delegates form comes to. */
export type DelegatesOutcome = {
  /** The whole list afterwards: what is kept in the order it has, then what is new. */
  readonly after: readonly Address[];
  readonly added: readonly Address[];
  readonly removed: readonly Address[];
  /** Typed keys that are on the list and stay there. */
  readonly findings: readonly LineFinding[];
};

/** Current list, keys to take off it and keys that were typed → the list afterwards. A key is on it once. */
export function delegatesAfter(
  current: readonly Address[],
  takenOff: ReadonlySet<string>,
  typed: ListedUsers,
): DelegatesOutcome {
  const kept = [...new Set(current)].filter((delegate) => !takenOff.has(delegate));
  const after = [...new Set([...kept, ...typed.users.map(({ address }) => address)])];
  return {
    after,
    added: after.filter((delegate) => !current.includes(delegate)),
    removed: [...new Set(current)].filter((delegate) => !after.includes(delegate)),
    findings: typed.users
      .filter(({ address }) => kept.includes(address))
      .map(({ line }) => ({ line, level: 'warn', message: 'It is a delegate already and stays one', remedy: '' })),
  };
}
