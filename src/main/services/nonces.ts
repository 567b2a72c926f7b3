import { listNonces } from '#core/nonces/list-nonces.ts';
import { AppError } from '#core/errors/app-error.ts';
import { readNonce } from '#core/nonces/nonce-account.ts';
import { nonceState } from '#core/nonces/nonce-state.ts';
import type { NonceList, NonceState } from '#core/nonces/nonce-view.ts';
import { takeNonce } from '#core/nonces/pool.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { noncesMadeBy, reservationsIn, type Reservation } from '#core/nonces/reservations.ts';
import type { ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import type { Rest } from '#core/units/long-lists.ts';
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
  /** Nonce accounts that reviews of other plans are built on: nobody approved them yet. */
  readonly heldByReviews: (butPlan: string | undefined) => readonly Address[];
  /** Lets other work pass while a long journal is gone through. */
  readonly rest?: Rest;
};

export type Nonces = ReturnType<typeof createNonces>;

/** Transactions of a journal that are decoded in one go: a few milliseconds. */
const READ_AT_ONCE = 100;

const noRest: Rest = () => Promise.resolve();

/** The operator's nonce accounts on the cluster in use: those found by key, made here, or written down. */
export function createNonces({ connections, signers, book, store, heldByReviews, rest = noRest }: Deps) {
  /** Bytes of a signed transaction never change, so neither does what it makes. */
  const madeBy = new Map<string, readonly Address[]>();

  async function madeOn(genesisHash: string): Promise<Address[]> {
    const landed = book
      .all()
      .filter(({ signed, end }) => signed.genesisHash === genesisHash && end?.outcome.kind === 'confirmed');
    const unread = landed.filter(({ signed }) => !madeBy.has(signed.id));
    for (const [index, transaction] of unread.entries()) {
      if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await rest();
      madeBy.set(transaction.signed.id, noncesMadeBy(transaction));
    }
    return landed.flatMap(({ signed }) => madeBy.get(signed.id) ?? []);
  }

  async function list(): Promise<NonceList> {
    const { node, genesisHash } = connections.current();
    const remembered = store.read().remembered.filter((each) => each.genesisHash === genesisHash);
    return listNonces(
      {
        own: signers.own(),
        made: await madeOn(genesisHash),
        remembered: remembered.map(({ address }) => address),
        reservations: reservationsIn(book.all(), genesisHash),
      },
      node,
    );
  }

  /** The others on this cluster, and all on other clusters. */
  const without = (address: Address, genesisHash: string) => (stored: StoredNonces) =>
    stored.remembered.filter((each) => each.address !== address || each.genesisHash !== genesisHash);

  /** What pending transactions of the journal and open reviews of other plans keep busy. */
  function busyOn(genesisHash: string, planId: string | undefined): Reservation[] {
    const held = heldByReviews(planId).map((nonceAccount) => ({ transactionId: '', title: 'a review', nonceAccount }));
    return [...reservationsIn(book.all(), genesisHash), ...held];
  }

  async function readOne(account: Address, planId: string | undefined): Promise<NonceLifetime> {
    const { node, genesisHash } = connections.current();
    const { slot: seenInSlot, accounts } = await node.readAccounts([account]);
    const reading = readNonce(accounts[0]);
    const reservations = busyOn(genesisHash, planId);
    // Somebody else may hold it: then they sign too, and the review says who can cancel.
    const own = new Set(reading.kind === 'initialised' ? [reading.authority] : []);
    const state = nonceState(account, reading, { own, reservations, newest: undefined });
    if (state.kind !== 'free' || reading.kind !== 'initialised') {
      throw new AppError('nonce/not-usable', { account, reason: whyNot(state) });
    }
    return { kind: 'nonce', account, authority: reading.authority, nonce: reading.nonce, seenInSlot };
  }

  return {
    /** @throws AppError `network/offline`, `rpc/…` */
    list,

    /**
     * The nonce that the next transaction of a request is built on: the account chosen, whoever holds it, or the first of the
     * operator's own that is free. One account carries one pending transaction.
     *
     * @param plan - its reviews so far do not stand in its own way, and it stays with the account it had
     * @returns nothing for a request that lives by a recent blockhash
     * @throws AppError `nonce/none-free`, `nonce/not-usable`, `network/offline`, `rpc/…`
     */
    async lifetimeFor(
      { lifetime, operation }: OperationRequest,
      plan?: { readonly id: string; readonly nonceAccount: Address | undefined },
    ): Promise<NonceLifetime | undefined> {
      if (!lifetime) return undefined;
      const exclude = 'nonceAccount' in operation ? operation.nonceAccount : undefined;
      const account = lifetime.account ?? plan?.nonceAccount;
      if (account !== undefined && account === exclude) {
        throw new AppError('nonce/not-usable', { account, reason: 'the transaction itself changes it' });
      }
      if (account !== undefined) return readOne(account, plan?.id);
      const taken = takeNonce(await list(), busyOn(connections.current().genesisHash, plan?.id), exclude);
      if (!taken) throw new AppError('nonce/none-free', {});
      return taken;
    },

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

function whyNot(state: NonceState): string {
  switch (state.kind) {
    case 'reserved':
      return `${state.transactionId === '' ? state.title : `“${state.title}”`} is built on it`;
    case 'spent':
      return `its value moved, and “${state.title}” was built on the one before and has no end yet`;
    case 'foreign':
      return 'none of your keys holds it';
    case 'legacy':
      return 'it must be advanced once before it carries a transaction';
    case 'uninitialised':
      return 'it is not initialised';
    case 'not-a-nonce':
      return 'it is no nonce account';
    case 'missing':
      return 'there is nothing at this address';
    case 'too-new':
    case 'free':
      return 'it is in use';
  }
}
