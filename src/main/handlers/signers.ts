import type { Address } from '#core/solana/address.ts';
import { isAppError } from '#core/errors/app-error.ts';
import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function signerHandlers({ connections, lookForLedger, signers }: Services): Group<'signers'> {
  /** Without a network that answers there are no balances; the list is shown all the same. */
  async function balancesOf(addresses: readonly Address[]): Promise<Record<string, bigint>> {
    try {
      const { accounts } = await connections.current().node.readAccounts(addresses, { offset: 0, length: 0 });
      return Object.fromEntries(addresses.map((address, index) => [address, accounts[index]?.lamports ?? 0n]));
    } catch (cause) {
      if (!isAppError(cause)) throw cause;
      return {};
    }
  }

  return {
    async list() {
      const [list, balances] = await Promise.all([signers.list(), balancesOf(signers.addresses())]);
      return { signers: list, roles: signers.roles(), balances };
    },
    addKeyfile: () => signers.addKeyfile(),
    unlockKeyfile: ({ handle, passphrase }) => signers.unlockKeyfile(handle, passphrase),
    encryptKeyfile: ({ id, passphrase }) => signers.encryptKeyfile(id, passphrase),
    createKey: (order) => signers.createKey(order),
    addAddress: ({ address, label }) => signers.addAddress(address, label),
    rename: ({ id, label }) => signers.rename(id, label),
    async remove({ id }) {
      await signers.remove(id);
      return {};
    },
    allowOpenPermissions: ({ id }) => signers.allowOpenPermissions(id),
    chooseRoles: (roles) => signers.chooseRoles(roles),
    lookUpLedger: () => lookForLedger(),
  };
}
