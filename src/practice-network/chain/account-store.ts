import type { Address } from '#core/solana/address.ts';
import type { StoredAccount } from '../runtime/accounts.ts';

export type AccountStore = ReturnType<typeof createAccountStore>;

/** All accounts of the network, with an index by owner. An account without lamports does not exist. */
export function createAccountStore() {
  const accounts = new Map<Address, StoredAccount>();
  const byOwner = new Map<Address, Set<Address>>();

  return {
    get: (address: Address): StoredAccount | undefined => accounts.get(address),
    set(address: Address, account: StoredAccount): void {
      const previous = accounts.get(address);
      if (previous && (previous.owner !== account.owner || account.lamports === 0n)) {
        byOwner.get(previous.owner)?.delete(address);
      }
      if (account.lamports === 0n) {
        accounts.delete(address);
        return;
      }
      accounts.set(address, account);
      const owned = byOwner.get(account.owner);
      if (owned) owned.add(address);
      else byOwner.set(account.owner, new Set([address]));
    },
    /** Every account a program owns, in the order it came to own them. */
    ownedBy(owner: Address): { address: Address; account: StoredAccount }[] {
      const found: { address: Address; account: StoredAccount }[] = [];
      for (const address of byOwner.get(owner) ?? []) {
        const account = accounts.get(address);
        if (account) found.push({ address, account });
      }
      return found;
    },
    entries: (): IterableIterator<[Address, StoredAccount]> => accounts.entries(),
  };
}
