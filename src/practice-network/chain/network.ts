import { type GenesisOptions, genesisAccounts, networkKeys } from '../genesis/genesis.ts';
import { type AccountStore, createAccountStore } from './account-store.ts';
import { type Blockhashes, createBlockhashes } from './blockhashes.ts';
import {
  type ClockAnchors,
  type ClusterClock,
  type ClusterTime,
  createClusterClock,
  startingAnchors,
} from './cluster-clock.ts';
import { createHistory, type History } from './history.ts';
import type { SavedState } from './saved-state.ts';

/** One network's whole state, from its genesis to its next reset. */
export type Network = {
  readonly seed: Uint8Array;
  readonly keys: ReturnType<typeof networkKeys>;
  readonly store: AccountStore;
  readonly history: History;
  readonly hashes: Blockhashes;
  readonly clock: ClusterClock;
  transactionCount: bigint;
};

export type NetworkOptions = {
  readonly genesis: GenesisOptions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (size: number) => Uint8Array;
  readonly slotMs: number;
  readonly pinnedTime?: (() => ClusterTime) | undefined;
};

/** Bytes of a network's seed. */
const SEED_BYTES = 32;

/** A new network, with a seed of its own. */
export function beginNetwork(options: NetworkOptions): Network {
  const seed = options.random(SEED_BYTES);
  const network = createNetwork(options, seed, startingAnchors(options.now()), 0n);
  for (const [address, account] of genesisAccounts(seed, options.genesis)) network.store.set(address, account);
  return network;
}

/** A saved network, some time later. */
export function restoreNetwork(options: NetworkOptions, state: SavedState): Network {
  const { seed, anchors } = state;
  const hostMs = options.now();
  // While nothing ran, cluster time went on at the host's pace, however fast it was set to run.
  const away = Math.max(0, hostMs - anchors.chainHostMs);
  const resumed = { ...anchors, chainMs: anchors.chainMs + away, chainHostMs: hostMs };
  const network = createNetwork(options, seed, resumed, state.transactionCount);
  for (const [address, account] of state.accounts) network.store.set(address, account);
  for (const record of state.records) network.history.add(record);
  return network;
}

/** What has to be kept of a network. */
export function stateOf({ seed, clock, store, history, transactionCount }: Network): SavedState {
  return {
    seed,
    anchors: clock.anchors(),
    transactionCount,
    accounts: store.entries(),
    records: history.records(),
  };
}

function createNetwork(
  { now, slotMs, pinnedTime }: NetworkOptions,
  seed: Uint8Array,
  anchors: ClockAnchors,
  transactionCount: bigint,
): Network {
  return {
    seed,
    keys: networkKeys(seed),
    store: createAccountStore(),
    history: createHistory(),
    hashes: createBlockhashes(seed),
    clock: createClusterClock({ now, slotMs, anchors, pinned: pinnedTime }),
    transactionCount,
  };
}
