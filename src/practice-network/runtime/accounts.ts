import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';

/** One account as the bank keeps it. Never changed in place: whoever changes something stores a new object with new bytes. */
export type StoredAccount = {
  readonly lamports: bigint;
  readonly data: Uint8Array;
  readonly owner: Address;
  readonly executable: boolean;
};

/** Where execution reads accounts from; `undefined` when nothing lives at the address. */
export type AccountSource = (address: Address) => StoredAccount | undefined;

/** What a missing account looks like to a program: no lamports, no data, owned by the System program. */
export const EMPTY_ACCOUNT: StoredAccount = {
  lamports: 0n,
  data: new Uint8Array(0),
  owner: SYSTEM_PROGRAM,
  executable: false,
};

/** Accounts as one transaction sees them: its own writes over the bank's state. Forgetting it is the rollback. */
export type Overlay = {
  readonly get: AccountSource;
  readonly set: (address: Address, account: StoredAccount) => void;
  /** Everything written that differs from the source; 0 lamports means the account is gone and comes as {@link EMPTY_ACCOUNT}. */
  readonly changed: () => Map<Address, StoredAccount>;
};

export function createOverlay(source: AccountSource): Overlay {
  const written = new Map<Address, StoredAccount>();
  return {
    get: (address) => written.get(address) ?? source(address),
    set: (address, account) => {
      written.set(address, account);
    },
    changed: () => {
      const changes = new Map<Address, StoredAccount>();
      for (const [address, account] of written) {
        const before = source(address);
        if (account === before) continue;
        if (account.lamports === 0n) {
          if (before !== undefined) changes.set(address, EMPTY_ACCOUNT);
        } else changes.set(address, account);
      }
      return changes;
    },
  };
}
