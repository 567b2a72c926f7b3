import type { Address } from '#core/solana/address.ts';
import { RECENT_BLOCKHASHES_SYSVAR } from '#core/solana/program-ids.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { deriveKey } from '../genesis/derive-key.ts';
import { genesisHashOf } from '../genesis/genesis.ts';
import { faucetTransfer } from '../genesis/faucet-transfer.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import {
  type BankView,
  type Execute,
  isSignedByAll,
  type Processed,
  processTransaction,
  readSubmitted,
  type Submitted,
} from './bank.ts';
import { blockTimeOf } from './block-time.ts';
import { MAX_BLOCKHASH_AGE } from './blockhashes.ts';
import type { ChainFile } from './chain-file.ts';
import type { ClusterTime } from './cluster-clock.ts';
import { readComputeBudget } from './compute-budget.ts';
import { findNonceUse } from './durable-nonce.ts';
import { makeRecord } from './make-record.ts';
import { recentBlockhashesAccount } from './recent-blockhashes.ts';
import { beginNetwork, type NetworkOptions, restoreNetwork, stateOf } from './network.ts';
import type { TransactionRecord } from './transaction-record.ts';

/** Slots until a block counts as finalized here: a second, so that people see the step without waiting for it. */
const FINALIZED_AFTER_SLOTS = 5n;

/** A transaction that has just landed. A removed account has 0 lamports in `changes`. */
export type Commit = {
  readonly record: TransactionRecord;
  readonly changes: ReadonlyMap<Address, StoredAccount>;
};

/** What became of a transaction handed in. */
export type Submission =
  | { readonly kind: 'taken'; readonly signature: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'preflight-failed'; readonly simulation: Simulation };

/** What a transaction would do now. */
export type Simulation = {
  readonly processed: Processed;
  /** Addresses of the transaction, to read results by. */
  readonly after: (address: Address) => StoredAccount | undefined;
  readonly blockhash: { readonly blockhash: string; readonly lastValidBlockHeight: bigint };
};

export type ChainOptions = NetworkOptions & {
  readonly execute: Execute;
  /** Where the state is kept; without it the chain is forgotten with the process. */
  readonly file?: ChainFile | undefined;
  /** Called when the chain has become another network. */
  readonly onReset?: (() => void) | undefined;
};

export type Chain = ReturnType<typeof createChain>;

/** The network's state and everything that may change it. One transaction at a time, to the end. */
export function createChain(options: ChainOptions) {
  const { execute, file } = options;
  const listeners = new Set<(commit: Commit) => void>();
  const found = file?.load();
  let network = found ? restoreNetwork(options, found) : beginNetwork(options);
  file?.replace(stateOf(network));

  const time = () => network.clock.time();
  const account = (address: Address) =>
    address === RECENT_BLOCKHASHES_SYSVAR
      ? recentBlockhashesAccount(network.hashes.at(time().slot))
      : network.store.get(address);

  function view(current: ClusterTime): BankView {
    const { store, hashes, history } = network;
    return {
      accounts: store.get,
      clock: current,
      newestBlockhash: hashes.at(current.slot),
      isRecent: (blockhash) => hashes.ageOf(blockhash, current.slot) !== undefined,
      isKnown: (signature) => history.find(signature) !== undefined,
      execute,
    };
  }

  function latestBlockhash(slot = time().slot) {
    return { blockhash: network.hashes.at(slot), lastValidBlockHeight: slot + MAX_BLOCKHASH_AGE };
  }

  function commit(
    submitted: Submitted,
    landed: Extract<Processed, { kind: 'landed' }>,
    at: ClusterTime,
    endsSlot: boolean,
  ): void {
    const { store, history, clock } = network;
    const record = makeRecord(submitted, landed, at, store.get);
    for (const [address, change] of landed.changes) store.set(address, change);
    history.add(record);
    network.transactionCount += 1n;
    if (endsSlot) clock.endSlot();
    file?.append({ anchors: clock.anchors(), accounts: landed.changes, record }, () => stateOf(network));
    for (const listener of listeners) listener({ record, changes: landed.changes });
  }

  function simulationOf(processed: Processed, at: ClusterTime): Simulation {
    const changes = processed.kind === 'landed' ? processed.changes : new Map<Address, StoredAccount>();
    const after = (address: Address) => {
      const found = changes.get(address) ?? account(address);
      return found?.lamports === 0n ? undefined : found;
    };
    return { processed, after, blockhash: latestBlockhash(at.slot) };
  }

  function submit(
    wire: Uint8Array,
    { preflight, endsSlot = true }: { preflight: boolean; endsSlot?: boolean },
  ): Submission {
    const submitted = readSubmitted(wire);
    if (!isSignedByAll(submitted)) return { kind: 'unsigned' };
    const at = time();
    const processed = processTransaction(submitted, view(at));
    if (preflight && (processed.kind === 'dropped' || processed.err !== null)) {
      return { kind: 'preflight-failed', simulation: simulationOf(processed, at) };
    }
    if (processed.kind === 'landed') commit(submitted, processed, at, endsSlot);
    return { kind: 'taken', signature: submitted.signature };
  }

  function saveClock(): void {
    file?.append({ anchors: network.clock.anchors(), accounts: [] }, () => stateOf(network));
  }

  return {
    time,
    account,
    accountsOwnedBy: (owner: Address) => network.store.ownedBy(owner),
    accounts: () => network.store.entries(),
    genesisHash: () => genesisHashOf(network.seed),
    faucet: () => network.keys.faucet.address,
    demoMint: () => network.keys.demoMint,
    transactionCount: () => network.transactionCount,
    latestBlockhash,
    isRecent: (blockhash: string) => network.hashes.ageOf(blockhash, time().slot) !== undefined,
    find: (signature: string) => network.history.find(signature),
    historyOf: (address: Address) => network.history.forAddress(address),
    finalizedSlot: () => maxBigint(time().slot - FINALIZED_AFTER_SLOTS, 0n),
    /** Unix seconds of a slot that has begun. */
    blockTime: (slot: bigint) =>
      blockTimeOf(slot, {
        now: time(),
        records: network.history.records(),
        turns: network.clock.turns(),
        slotMs: options.slotMs,
      }),
    slotMs: options.slotMs,
    /** The network's own key for a purpose, such as `faucet`: for whoever runs in the same process. */
    keyFor: (purpose: string) => deriveKey(network.seed, purpose),
    /**
     * Takes a transaction. One that lands ends its slot, so that the next one finds a new blockhash, unless `endsSlot` is
     * false: what the network's own clients send must not shorten the lifetime of anybody's blockhash.
     *
     * @throws AppError `message/…`, `transaction/signature-count`
     */
    submit,
    /**
     * What a transaction would do, committing nothing; `undefined` when signatures are asked for and wrong.
     *
     * @throws AppError `message/…`, `transaction/signature-count`
     */
    simulate(wire: Uint8Array, how: { verify: boolean; replaceBlockhash: boolean }): Simulation | undefined {
      const submitted = readSubmitted(wire);
      if (how.verify && !isSignedByAll(submitted)) return undefined;
      const at = time();
      const current = view(at);
      const lenient = how.replaceBlockhash ? { isRecent: () => true } : {};
      return simulationOf(processTransaction(submitted, { ...current, ...lenient }), at);
    },
    /**
     * Lamports a message would cost, `undefined` when its lifetime is over.
     *
     * @throws AppError `message/…`
     */
    feeFor(messageBytes: Uint8Array): bigint | undefined {
      const message = passCanonicalGate(messageBytes);
      const { isRecent, accounts, newestBlockhash } = view(time());
      const lives = isRecent(message.recentBlockhash) || findNonceUse(message, accounts, newestBlockhash);
      const budget = readComputeBudget(message);
      return lives && 'fee' in budget ? budget.fee : undefined;
    },
    /** Sends lamports from the faucet in a transaction like any other. */
    pour(address: Address, lamports: bigint, { endsSlot = true } = {}): Submission {
      return submit(faucetTransfer(network.keys.faucet, address, lamports, latestBlockhash().blockhash), {
        preflight: true,
        endsSlot,
      });
    },
    speed: () => network.clock.speed(),
    advance(seconds: number): void {
      network.clock.advance(seconds);
      saveClock();
    },
    setSpeed(speed: number): void {
      network.clock.setSpeed(speed);
      saveClock();
    },
    /** Forgets everything and begins again as another network, with another genesis hash. */
    reset(): void {
      network = beginNetwork(options);
      file?.replace(stateOf(network));
      options.onReset?.();
    },
    /** Calls the listener after every commit, until the returned function is called. */
    onCommit(listener: (commit: Commit) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close(): void {
      file?.replace(stateOf(network));
      file?.close();
    },
  };
}

function maxBigint(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
