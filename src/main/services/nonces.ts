import { listNonces } from '#core/nonces/list-nonces.ts';
import type { NonceList } from '#core/nonces/nonce-view.ts';
import { noncesMadeBy, reservationsIn } from '#core/nonces/reservations.ts';
import type { ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import type { Store } from '#main/ports.ts';
import type { JournalBook } from './journal-book.ts';
import type { SignerBook } from './signer-book.ts';
import type { StoredNonces } from './stored-nonces.ts';

type Deps = {
  /** Of the cluster only what reads need. */
  readonly connections: { current(): { readonly node: ChainReader; readonly genesisHash: string } };
  readonly signers: Pick<SignerBook, 'own'>;
  readonly book: Pick<JournalBook, 'all'>;
  readonly store: Store<StoredNonces>;
};

export type Nonces = ReturnType<typeof createNonces>;

/** The operator's nonce accounts on the cluster in use: those found by key, made here, or written down. */
export function createNonces({ connections, signers, book, store }: Deps) {
  /** Bytes of a signed transaction never change, so neither does what it makes. */
  const madeBy = new Map<string, readonly Address[]>();

  function madeOn(genesisHash: string): Address[] {
    return book
      .all()
      .filter(({ signed, end }) => signed.genesisHash === genesisHash && end?.outcome.kind === 'confirmed')
      .flatMap((transaction) => {
        const { id } = transaction.signed;
        const made = madeBy.get(id) ?? noncesMadeBy(transaction);
        madeBy.set(id, made);
        return made;
      });
  }

  async function list(): Promise<NonceList> {
    const { node, genesisHash } = connections.current();
    const remembered = store.read().remembered.filter((each) => each.genesisHash === genesisHash);
    return listNonces(
      {
        own: signers.own(),
        made: madeOn(genesisHash),
        remembered: remembered.map(({ address }) => address),
        reservations: reservationsIn(book.all(), genesisHash),
      },
      node,
    );
  }

  /** The others on this cluster, and all on other clusters. */
  const without = (address: Address, genesisHash: string) => (stored: StoredNonces) =>
    stored.remembered.filter((each) => each.address !== address || each.genesisHash !== genesisHash);

  return {
    /** @throws AppError `network/offline`, `rpc/…` */
    list,

    /** @throws AppError `network/offline`, `storage/unwritable`, `storage/unfit` */
    async remember(address: Address): Promise<void> {
      const { genesisHash } = connections.current();
      const others = without(address, genesisHash);
      await store.update((stored) => ({ remembered: [...others(stored), { genesisHash, address }] }));
    },

    /** Strikes an address off the list; the account stays as it is. @throws AppError as `remember` */
    async forget(address: Address): Promise<void> {
      const others = without(address, connections.current().genesisHash);
      await store.update((stored) => ({ remembered: others(stored) }));
    },
  };
}
