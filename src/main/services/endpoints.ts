import { AppError } from '#core/errors/app-error.ts';
import type { ClusterName } from '#core/networks/cluster.ts';
import type { EndpointHealth } from '#core/networks/endpoint-health.ts';
import type { NodeOptions } from '#main/ports.ts';
import type { DescribedFailure } from './describe-failure.ts';
import { createEndpoint, type Endpoint, type EndpointDeps, type EndpointPlace, type Proof } from './endpoint.ts';
import { type Candidate, createFallbackNode, type FallbackNode } from './fallback-node.ts';

/** So long an earlier URL may take before a later one says which cluster this is, milliseconds. */
const HEAD_START_MS = 3000;

/** The slots of ten seconds: further behind than that, an endpoint is asked last. */
const BEHIND_SLOTS = 25n;

/** Where an endpoint is looked for. */
export type Source = {
  /** Scheme, host and port, for people. */
  readonly label: string;
  /** @throws AppError `network/…`, `practice/…` */
  readonly find: () => Promise<EndpointPlace>;
};

type Options = EndpointDeps & {
  /** In the order of the profile. */
  readonly sources: readonly Source[];
  readonly commitment: NodeOptions['commitment'];
  /** Nothing is read from before this slot of a cluster. */
  readonly neededSlot: (genesisHash: string) => bigint;
  readonly clusterOf: (genesisHash: string) => ClusterName;
  /** The cluster the profile promises. */
  readonly expected: ClusterName | 'any';
  readonly onChange: () => void;
};

type Member = Candidate & { readonly endpoint: Endpoint; readonly proof: Proof; readonly slot: bigint };

/** The cluster in use, the endpoint that said so, and all of its endpoints as one. */
type Anchor = { readonly genesisHash: string; readonly endpoint: Endpoint; readonly fallback: FallbackNode };

export type Endpoints = ReturnType<typeof createEndpoints>;

/**
 * The endpoints of one network. The first URL that answers says which cluster it is, and stays the one to say so: an endpoint of
 * another cluster is never read from or sent to, not even when no other answers.
 */
export function createEndpoints(options: Options) {
  const { clock, sleep, commitment, clusterOf, expected, onChange } = options;
  const slotsLate = new Map<Endpoint, bigint>();
  const fallbacks = new Map<string, FallbackNode>();
  let anchor: Anchor | undefined;
  let lastUsed: Endpoint | undefined;
  let isLate = false;

  const all: readonly Endpoint[] = options.sources.map(({ label, find }, index): Endpoint =>
    createEndpoint({
      ...options,
      label,
      find,
      isUsed: () => used()?.endpoint === all[index],
      onLook: () => onLook(all[index]),
    }),
  );

  function onLook(endpoint?: Endpoint): void {
    chooseCluster();
    if (endpoint) noteDistance(endpoint);
    const main = used();
    if (main) anchor?.fallback.noteSlot(main.slot, main.node);
    if (main && main.endpoint !== lastUsed) main.endpoint.lookSoon();
    lastUsed = main?.endpoint;
    onChange();
  }

  /** How far behind it is counts at the moment of its own look: the others were looked at before. */
  function noteDistance(endpoint: Endpoint): void {
    const look = endpoint.look();
    if (look.kind !== 'ok') return;
    const newest = members().reduce((most, { slot }) => (slot > most ? slot : most), look.slot);
    slotsLate.set(endpoint, newest - look.slot);
  }

  function chooseCluster(): void {
    const promised = all.find((endpoint) => isPromised(clusterHash(endpoint)));
    if (anchor && members().length > 0 && (isPromised(anchor.genesisHash) || !promised)) return;
    const endpoint = promised ?? anchor?.endpoint ?? firstToSay();
    const genesisHash = endpoint && clusterHash(endpoint);
    if (!endpoint || genesisHash === undefined || genesisHash === anchor?.genesisHash) return;
    anchor = { genesisHash, endpoint, fallback: fallbackOf(genesisHash) };
  }

  /** A cluster that comes back is known by the newest slot seen of it. */
  function fallbackOf(genesisHash: string): FallbackNode {
    const candidates = () => usable(genesisHash);
    const fallback =
      fallbacks.get(genesisHash) ?? createFallbackNode({ candidates, whyNone, commitment, clock, sleep });
    fallbacks.set(genesisHash, fallback);
    return fallback;
  }

  function isPromised(genesisHash: string | undefined): boolean {
    return genesisHash !== undefined && clusterOf(genesisHash) === expected;
  }

  /** The first of the profile, unless it fails or takes too long; where one cluster is promised, all may speak first. */
  function firstToSay(): Endpoint | undefined {
    const answering = all.find((endpoint) => clusterHash(endpoint) !== undefined);
    if (!answering || isLate) return answering;
    const before = expected === 'any' ? all.slice(0, all.indexOf(answering)) : all;
    return before.some((endpoint) => endpoint.look().kind === 'none') ? undefined : answering;
  }

  function members(genesisHash = anchor?.genesisHash): Member[] {
    return all.flatMap((endpoint) => {
      const proof = endpoint.proof();
      const look = endpoint.look();
      if (!proof || proof.genesisHash !== genesisHash || look.kind !== 'ok') return [];
      return [{ endpoint, proof, slot: look.slot, node: proof.node, lookSoon: endpoint.lookSoon }];
    });
  }

  /** Those behind come last; those that asked for a pause get it. */
  function usable(genesisHash?: string): Member[] {
    const willing = members(genesisHash).filter(({ endpoint }) => !endpoint.isResting());
    return [...willing.filter((member) => !isBehind(member)), ...willing.filter(isBehind)];
  }

  function isBehind({ endpoint }: { endpoint: Endpoint }): boolean {
    return (slotsLate.get(endpoint) ?? 0n) > BEHIND_SLOTS;
  }

  const used = () => usable()[0] ?? members()[0];

  /** Nobody can be asked: the network is gone, or every endpoint wants a pause. */
  function whyNone(): AppError {
    const [soonest] = members().toSorted((a, b) => a.endpoint.restMs() - b.endpoint.restMs());
    return soonest?.endpoint.wantsPause() ?? new AppError('network/offline', {});
  }

  function stateOf(endpoint: Endpoint): EndpointHealth['state'] {
    const look = endpoint.look();
    const genesisHash = clusterHash(endpoint);
    if (anchor && genesisHash !== undefined && genesisHash !== anchor.genesisHash) {
      return { kind: 'other-cluster', genesisHash, cluster: clusterOf(genesisHash) };
    }
    if (endpoint.restMs() > 0 || (look.kind === 'ok' && endpoint.isResting())) {
      return { kind: 'rate-limited', until: clock.now() + endpoint.restMs() };
    }
    if (look.kind === 'failing') return look;
    if (look.kind === 'none') return { kind: 'asking' };
    return isBehind({ endpoint }) ? { kind: 'behind', slots: slotsLate.get(endpoint) ?? 0n } : { kind: 'ok' };
  }

  return {
    /** Looks at every endpoint until it is told to stop. */
    run(signal: AbortSignal): void {
      all.forEach((endpoint) => void endpoint.run(signal));
      void sleep(HEAD_START_MS, signal).then(() => {
        isLate = true;
        if (!signal.aborted && !anchor) onLook();
      });
    },

    /** The cluster in use and the endpoint that is read from; `undefined` while none of its endpoints answers. */
    current() {
      const main = used();
      if (!anchor || !main) return undefined;
      const { genesisHash, fallback } = anchor;
      return {
        genesisHash,
        node: fallback.node,
        place: main.proof.place,
        slot: fallback.newestSlot(),
        answeredAt: main.endpoint.lookedAt(),
      };
    },

    /** Nodes of all endpoints that proved this cluster and answer. */
    nodes: (genesisHash: string) => members(genesisHash).map(({ node }) => node),

    /** Where the endpoints of the cluster in use are. */
    places: () => members().map(({ proof }) => proof.place),

    /** From now on no endpoint of the cluster in use answers from before this slot. */
    requireSlot: (slot: bigint) => members().forEach(({ node }) => node.requireSlot(slot)),

    /** Why nobody of the cluster in use answers; `undefined` while somebody may still do so for the first time. */
    failure(): DescribedFailure | undefined {
      const states = all.map(stateOf);
      if (states.some(({ kind }) => kind === 'asking')) return undefined;
      const failing = states.find((state) => state.kind === 'failing');
      if (failing) return { code: failing.code, params: failing.params };
      const pause = all.find((endpoint) => endpoint.restMs() > 0)?.wantsPause();
      return pause && { code: pause.code, params: { ...pause.params } };
    },

    health: (): EndpointHealth[] =>
      all.map((endpoint) => ({
        url: endpoint.label,
        isUsed: used()?.endpoint === endpoint,
        state: stateOf(endpoint),
        ...endpoint.answer(),
      })),
  };
}

/** The cluster an endpoint proved and answers for. */
function clusterHash(endpoint: Endpoint): string | undefined {
  return endpoint.look().kind === 'ok' ? endpoint.proof()?.genesisHash : undefined;
}
