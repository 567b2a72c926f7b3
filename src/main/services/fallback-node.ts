import { AppError, isAppError } from '#core/errors/app-error.ts';
import type { Clock } from '#core/ports.ts';
import type { ChainNode, NodeOptions, Sleep } from '#main/ports.ts';

/** After so long without an answer the next endpoint is asked as well, milliseconds. */
const SLOW_MS = 4000;

/** No try begins later than this, milliseconds: with its own 15 seconds a read has ended after 20. */
const LAST_START_MS = 5000;

/** The node has not reached the slot asked for, or says it is behind. Source: Agave `rpc-client-api/src/custom_error.rs`. */
const BEHIND_CONTEXT = -32016;
const UNHEALTHY = -32005;

const BEHIND_WAIT_MS = 500;
/** So long nodes get to catch up, milliseconds: finalized is some 32 slots behind what the app saw land. */
const CATCH_UP_MS = { processed: 3000, confirmed: 3000, finalized: 20_000 };

/** An endpoint that may be asked now. */
export type Candidate = {
  readonly node: ChainNode;
  /** A read failed there: its health is worth a look. */
  readonly lookSoon: () => void;
};

type Deps = {
  /** Of one cluster, the one to ask first in front. */
  readonly candidates: () => readonly Candidate[];
  /** Why there is none. */
  readonly whyNone: () => AppError;
  readonly commitment: NodeOptions['commitment'];
  readonly clock: Clock;
  readonly sleep: Sleep;
};

export type FallbackNode = ReturnType<typeof createFallbackNode>;

/**
 * Several endpoints of one cluster as one: each read goes to the first, and to the next when that one fails, is slow, limited or
 * behind. What a node answers about the request itself is the answer. No read ends with an older slot than one that ended before
 * it began. What changes something on a practice network goes to the first alone.
 */
export function createFallbackNode({ candidates, whyNone, commitment, clock, sleep }: Deps) {
  let newest = 0n;
  let newestFrom: ChainNode | undefined;

  function noteSlot(slot: bigint, from: ChainNode): void {
    if (slot <= newest) return;
    newest = slot;
    newestFrom = from;
  }

  /** All are behind: they get a moment, together. */
  async function ask<T>(read: (node: ChainNode) => Promise<T>, seenIn?: (answer: T) => bigint): Promise<T> {
    const beganAt = clock.monotonic();
    for (;;) {
      try {
        return await askInTurn(read, seenIn);
      } catch (cause) {
        if (!isBehind(cause) || clock.monotonic() - beganAt >= CATCH_UP_MS[commitment]) throw cause;
        await sleep(BEHIND_WAIT_MS);
      }
    }
  }

  async function askInTurn<T>(read: (node: ChainNode) => Promise<T>, seenIn?: (answer: T) => bigint): Promise<T> {
    const left = [...candidates()];
    const oldest = newest;
    const beganAt = clock.monotonic();
    const enough = new AbortController();
    const running = new Map<Candidate, Promise<Ending<T>>>();
    const failures: unknown[] = [];
    let slow = left.length > 1 ? [sleep(SLOW_MS, enough.signal).then(() => SLOW)] : [];

    function begin(): void {
      const next = clock.monotonic() - beganAt < LAST_START_MS ? left.shift() : undefined;
      if (next) running.set(next, tryAt(next, read, oldest, seenIn));
    }

    try {
      begin();
      while (running.size > 0) {
        const ending = await Promise.race([...running.values(), ...slow]);
        if (ending.kind === 'answer') return ending.answer;
        if (ending.kind === 'slow') slow = [];
        else {
          running.delete(ending.by);
          if (!isOfTheEndpoint(ending.cause)) throw ending.cause;
          failures.push(ending.cause);
        }
        begin();
      }
    } finally {
      enough.abort();
    }
    throw failures.find(isBehind) ?? failures[0] ?? whyNone();
  }

  async function tryAt<T>(
    by: Candidate,
    read: (node: ChainNode) => Promise<T>,
    oldest: bigint,
    seenIn: ((answer: T) => bigint) | undefined,
  ): Promise<Ending<T>> {
    const { node } = by;
    try {
      if (node !== newestFrom) node.requireSlot(newest);
      const answer = await read(node);
      const slot = seenIn?.(answer);
      if (slot === undefined) return { kind: 'answer', answer };
      if (slot < oldest)
        throw new AppError('rpc/node-error', { origin: node.origin, code: BEHIND_CONTEXT, method: 'a read' });
      noteSlot(slot, node);
      return { kind: 'answer', answer };
    } catch (cause) {
      if (isOfTheEndpoint(cause)) by.lookSoon();
      return { kind: 'failed', by, cause };
    }
  }

  function first(): ChainNode {
    const [candidate] = candidates();
    if (!candidate) throw whyNone();
    return candidate.node;
  }

  return {
    node: createFacade(ask, first, candidates),
    /** A slot that was seen outside a read. */
    noteSlot,
    newestSlot: () => newest,
  };
}

type Ask = <T>(read: (node: ChainNode) => Promise<T>, seenIn?: (answer: T) => bigint) => Promise<T>;

function createFacade(ask: Ask, first: () => ChainNode, candidates: Deps['candidates']): ChainNode {
  return {
    get origin() {
      return first().origin;
    },
    requireSlot: (slot) => candidates().forEach(({ node }) => node.requireSlot(slot)),
    readAccounts: (...of) => ask((node) => node.readAccounts(...of), slotOf),
    readProgramAccounts: (...of) => ask((node) => node.readProgramAccounts(...of), slotOf),
    readSlot: () =>
      ask(
        (node) => node.readSlot(),
        (slot) => slot,
      ),
    readRentFloor: (...of) => ask((node) => node.readRentFloor(...of)),
    readClusterTime: () => ask((node) => node.readClusterTime()),
    readLatestBlockhash: () => ask((node) => node.readLatestBlockhash()),
    readBlockHeight: () => ask((node) => node.readBlockHeight()),
    readRecentFees: (...of) => ask((node) => node.readRecentFees(...of)),
    readVersion: () => ask((node) => node.readVersion()),
    readGenesisHash: () => ask((node) => node.readGenesisHash()),
    simulate: (...of) => ask((node) => node.simulate(...of)),
    // The same bytes: a second node can only take what the first did not.
    send: (...of) => ask((node) => node.send(...of)),
    readStatus: (...of) => ask((node) => node.readStatus(...of)),
    readFinalizedBlock: () => ask((node) => node.readFinalizedBlock()),
    readFinalizedNonce: (...of) => ask((node) => node.readFinalizedNonce(...of)),
    isBlockhashValid: (...of) => ask((node) => node.isBlockhashValid(...of)),
    findLanded: (...of) => ask((node) => node.findLanded(...of)),
    readLogs: (...of) => ask((node) => node.readLogs(...of)),
    readLanded: (...of) => ask((node) => node.readLanded(...of)),
    requestAirdrop: async (...of) => first().requestAirdrop(...of),
    advanceTime: async (...of) => first().advanceTime(...of),
    resetPractice: async () => first().resetPractice(),
    addClients: async (...of) => first().addClients(...of),
    removeClients: async (...of) => first().removeClients(...of),
    readSimulatedClients: async (...of) => first().readSimulatedClients(...of),
    createMint: async (...of) => first().createMint(...of),
    giveTokens: async (...of) => first().giveTokens(...of),
  };
}

const slotOf = ({ slot }: { slot: bigint }) => slot;

type Ending<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'failed'; readonly by: Candidate; readonly cause: unknown }
  | { readonly kind: 'slow' };

const SLOW = { kind: 'slow' } as const;

/** Failures that say something about the endpoint and nothing about the request: another one may do better. */
const ENDPOINT_CODES: ReadonlySet<string> = new Set([
  'rpc/unreachable',
  'rpc/timeout',
  'rpc/refused',
  'rpc/failing',
  'rpc/redirected',
  'rpc/malformed',
  'rpc/rate-limited',
]);

function isOfTheEndpoint(cause: unknown): boolean {
  return isAppError(cause) && (ENDPOINT_CODES.has(cause.code) || isBehind(cause));
}

function isBehind(cause: unknown): boolean {
  if (!isAppError(cause) || cause.code !== 'rpc/node-error' || !('code' in cause.params)) return false;
  return cause.params.code === BEHIND_CONTEXT || cause.params.code === UNHEALTHY;
}
