import { AppError, isAppError } from '#core/errors/app-error.ts';
import type { Clock } from '#core/ports.ts';
import type { ChainNode, NodeOptions, OpenNode, Sleep } from '#main/ports.ts';
import { backOffMs } from './back-off.ts';
import { type DescribedFailure, describeFailure } from './describe-failure.ts';
import { createEndpointLimit, createEndpointPace } from './endpoint-pace.ts';

/** How often the newest slot is read where the app reads, and at the others, milliseconds. */
const POLL_MS = 2000;
const SPARE_POLL_MS = 10_000;

/** How often an endpoint is asked again whether it still serves the same cluster, milliseconds. */
const GENESIS_MS = 15_000;

/** Shortest pause between two looks that somebody asked for, milliseconds. */
const SOON_MS = 1000;

/** Where an endpoint is. */
export type EndpointPlace = {
  readonly rpcUrl: string;
  readonly origin: string;
  readonly webSocketUrl: string;
  readonly unencrypted: boolean;
};

/** An endpoint that told its genesis hash since it was connected to. */
export type Proof = { readonly node: ChainNode; readonly genesisHash: string; readonly place: EndpointPlace };

/** What an endpoint's last look found. */
export type Look =
  | { readonly kind: 'none' }
  | { readonly kind: 'ok'; readonly slot: bigint }
  | ({ readonly kind: 'failing' } & DescribedFailure);

export type EndpointDeps = {
  readonly openNode: OpenNode;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** 0 to 1: spreads tries. */
  readonly random: () => number;
  readonly reportUnexpected: (where: string, cause: unknown) => string;
};

type Options = EndpointDeps & {
  /** Scheme, host and port, for people. */
  readonly label: string;
  /** Where it is now. @throws AppError `network/…`, `practice/…` */
  readonly find: () => Promise<EndpointPlace>;
  readonly commitment: NodeOptions['commitment'];
  /** Whether what is shown comes from here. */
  readonly isUsed: () => boolean;
  /** Nothing is read from before this slot of a cluster. */
  readonly neededSlot: (genesisHash: string) => bigint;
  readonly onLook: () => void;
};

export type Endpoint = ReturnType<typeof createEndpoint>;

/** One endpoint, looked at again and again: whether it answers, for which cluster, and how far it is. */
export function createEndpoint(options: Options) {
  const { label, find, commitment, clock, sleep, random, openNode } = options;
  const limit = createEndpointLimit({ origin: label, clock, random });
  let open: { readonly node: ChainNode; readonly place: EndpointPlace; close(cause: unknown): void } | undefined;
  let proof: Proof | undefined;
  let provenAtMs = 0;
  let look: Look = { kind: 'none' };
  let failures = 0;
  let lookedAtMs = 0;
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  let lookedAt = 0;
  let answer: { readonly milliseconds: number; readonly answeredAt: number } | undefined;
  let wake = new AbortController();

  async function connect() {
    const place = await find();
    const { pace, close } = createEndpointPace({
      limit,
      clock,
      onAnswer: (milliseconds) => {
        answer = { milliseconds, answeredAt: clock.now() };
      },
    });
    return { node: openNode({ url: place.rpcUrl, origin: place.origin, commitment, pace }), place, close };
  }

  /** Reads the genesis hash before anything else, and every now and then: until it is known nobody gets the node. */
  async function prove(): Promise<Proof> {
    open ??= await connect();
    const { node, place } = open;
    if (proof && clock.monotonic() - provenAtMs < GENESIS_MS) return proof;
    const genesisHash = await node.readGenesisHash();
    if (proof && proof.genesisHash !== genesisHash) {
      // Nobody who held the node of the old cluster may go on with it.
      disconnect(new AppError('network/changed', { expected: proof.genesisHash, found: genesisHash }));
      return prove();
    }
    provenAtMs = clock.monotonic();
    if (!proof) node.requireSlot(options.neededSlot(genesisHash));
    return (proof ??= { node, genesisHash, place });
  }

  function disconnect(cause: unknown): void {
    open?.close(cause);
    open = undefined;
    proof = undefined;
    look = { kind: 'none' };
  }

  async function lookNow(signal: AbortSignal): Promise<void> {
    lookedAtMs = clock.monotonic();
    try {
      const { node } = await prove();
      const slot = await node.readSlot();
      if (signal.aborted) return;
      look = { kind: 'ok', slot };
      answeredAtMs = clock.monotonic();
      lookedAt = clock.now();
      failures = 0;
    } catch (cause) {
      if (signal.aborted) return;
      if (isAppError(cause) && cause.code === 'rpc/rate-limited') {
        // Nobody knows what it is after the pause: the next look asks again which cluster it serves.
        provenAtMs = Number.NEGATIVE_INFINITY;
        return;
      }
      disconnect(cause);
      failures += 1;
      look = { kind: 'failing', ...describeFailure(cause, options.reportUnexpected) };
    }
  }

  function pauseMs(): number {
    if (limit.restMs() > 0) return limit.restMs();
    if (failures > 0) return backOffMs(failures, random());
    return options.isUsed() ? POLL_MS : SPARE_POLL_MS;
  }

  return {
    label,
    /** Looks until it is told to stop. */
    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        await lookNow(signal);
        if (signal.aborted) break;
        wake = new AbortController();
        options.onLook();
        await sleep(pauseMs(), AbortSignal.any([signal, wake.signal]));
      }
      disconnect(new AppError('rpc/unreachable', { origin: label }));
    },

    /** Looks before its turn, unless it fails or was looked at a moment ago. While it wants a pause the look waits for its end. */
    lookSoon(): void {
      if (failures === 0 && clock.monotonic() - lookedAtMs >= SOON_MS) wake.abort();
    },

    /** `undefined` while it fails: whoever comes back has to tell its genesis hash anew. */
    proof: () => proof,
    look: () => look,
    /** Milliseconds since 1970 of the last look that was answered. */
    lookedAt: () => lookedAt,
    /** The length and the time of its last answer to anything. */
    answer: () => answer,
    /** It wants a pause, or was not looked at since the last one ended. */
    isResting: () => limit.restMs() > 0 || answeredAtMs < limit.endsAtMs(),
    /** Milliseconds until it may be asked again; 0: at once. */
    restMs: limit.restMs,
    wantsPause: limit.wantsPause,
  };
}
