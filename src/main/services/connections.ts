import { AppError } from '#core/errors/app-error.ts';
import { allProfiles, isBuiltIn } from '#core/networks/built-in-profiles.ts';
import { clusterOf, type ClusterName } from '#core/networks/cluster.ts';
import type { Connection, NetworkTest } from '#core/networks/connection.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { checkProfileUrls, rpcUrlsOf } from '#core/networks/profile-urls.ts';
import { checkRpcUrl, checkWebSocketUrl } from '#core/networks/url-rules.ts';
import type { ChainNode, Store, WebSockets } from '#main/ports.ts';
import type { EndpointDeps, EndpointPlace } from './endpoint.ts';
import { createEndpoints, type Endpoints, type Source } from './endpoints.ts';
import { originOf, testNetwork } from './network-test.ts';
import type { Practice } from './practice.ts';
import type { StoredSettings } from './stored-settings.ts';

/** A network that answers, as the rest of main uses it. */
export type Online = {
  readonly profile: NetworkProfile;
  /** All its endpoints as one: reads from the first that can answer. */
  readonly node: ChainNode;
  /** Every endpoint that proved this genesis hash and answers: for sending to all of them, and asking all. */
  readonly endpoints: readonly ChainNode[];
  readonly genesisHash: string;
  readonly cluster: ClusterName;
  readonly contradicts: ClusterName | undefined;
  /** Of the endpoint that is read from. */
  readonly webSocketUrl: string;
};

type Deps = EndpointDeps & {
  readonly settings: Store<StoredSettings>;
  readonly practice: Practice;
  readonly webSockets: WebSockets;
  readonly onChanged: () => void;
};

type Active = { readonly profile: NetworkProfile; readonly endpoints: Endpoints; readonly abort: AbortController };

export type Connections = ReturnType<typeof createConnections>;

/** Profiles and the one active connection. Nothing is opened before `resume` or `activate` is called. */
export function createConnections(deps: Deps) {
  const { settings, practice, onChanged } = deps;
  let status: Connection = { kind: 'offline' };
  let online: Online | undefined;
  let active: Active | undefined;
  /** By genesis hash: the newest slot in which the app saw a transaction land. It outlasts the connection. */
  const neededSlots = new Map<string, bigint>();

  const profiles = () => allProfiles(settings.read().profiles);

  function find(id: string): NetworkProfile {
    const profile = profiles().find((each) => each.id === id);
    if (!profile) throw new AppError('network/unknown', { id });
    return profile;
  }

  function clusterOfHash(genesisHash: string): ClusterName {
    return clusterOf(genesisHash, practice.endpoint()?.genesisHash);
  }

  function open(profile: NetworkProfile): void {
    active?.abort.abort();
    const endpoints = createEndpoints({
      ...deps,
      sources: sourcesOf(profile, practice),
      commitment: profile.commitment,
      neededSlot: (genesisHash) => neededSlots.get(genesisHash) ?? 0n,
      clusterOf: clusterOfHash,
      expected: profile.expected,
      onChange: () => {
        if (active?.endpoints === endpoints) follow(active);
      },
    });
    active = { profile, endpoints, abort: new AbortController() };
    online = undefined;
    tell({ kind: 'connecting', profileId: profile.id, profileName: profile.name });
    endpoints.run(active.abort.signal);
  }

  /** The same object for as long as the cluster answers without a break. */
  function follow({ profile, endpoints }: Active): void {
    const current = endpoints.current();
    if (!current) online = undefined;
    else if (online?.genesisHash !== current.genesisHash) online = onlineAt(current.genesisHash, profile, endpoints);
    tell(statusOf(profile, endpoints, online));
  }

  function onlineAt(genesisHash: string, profile: NetworkProfile, endpoints: Endpoints): Online | undefined {
    const current = endpoints.current();
    if (!current) return undefined;
    if (profile.kind === 'practice') practice.noteGenesis(genesisHash);
    const cluster = clusterOfHash(genesisHash);
    const contradicts = profile.expected === 'any' || profile.expected === cluster ? undefined : cluster;
    let { webSocketUrl } = current.place;
    return {
      profile,
      node: current.node,
      genesisHash,
      cluster,
      contradicts,
      get endpoints() {
        return endpoints.nodes(genesisHash);
      },
      get webSocketUrl() {
        webSocketUrl = endpoints.current()?.place.webSocketUrl ?? webSocketUrl;
        return webSocketUrl;
      },
    };
  }

  function tell(next: Connection): void {
    status = next;
    onChanged();
  }

  function disconnect(): void {
    active?.abort.abort();
    active = undefined;
    online = undefined;
    tell({ kind: 'offline' });
  }

  return {
    list: () => {
      const { activeId } = settings.read();
      return { profiles: profiles(), ...(activeId === undefined ? {} : { activeId }) };
    },
    status: () => status,

    /** @throws AppError `network/offline` */
    current(): Online {
      if (!online) throw new AppError('network/offline', {});
      return online;
    },

    /** The connection to the cluster with this genesis hash, when that is the one in use. */
    onlineTo: (genesisHash: string) => (online?.genesisHash === genesisHash ? online : undefined),

    /** From now on nothing is read from before this slot of the cluster: a transaction landed in it. */
    requireSlot(genesisHash: string, slot: bigint): void {
      const known = neededSlots.get(genesisHash) ?? 0n;
      if (slot > known) neededSlots.set(genesisHash, slot);
      if (online?.genesisHash === genesisHash) active?.endpoints.requireSlot(slot);
    },

    /** Connects to the network chosen last. */
    resume(): void {
      const { activeId } = settings.read();
      const profile = profiles().find(({ id }) => id === activeId);
      if (profile) open(profile);
    },

    /** @throws AppError `network/unknown` */
    async activate(id: string): Promise<Connection> {
      const profile = find(id);
      await settings.update((value) => ({ ...value, activeId: id }));
      if (profile.kind === 'practice') practice.tryAnew();
      else await practice.stop();
      open(profile);
      return status;
    },

    /** Connects to the practice network anew, if that is the one in use: it may be another network now. */
    reconnectPractice(): void {
      const profile = profiles().find(({ id }) => id === settings.read().activeId);
      if (active && profile?.kind === 'practice') open(profile);
    },

    disconnect,

    /**
     * Of the practice network only the fees can be changed.
     *
     * @throws AppError `network/url-malformed`, `network/unencrypted`, `network/unencrypted-private`, `network/further-url`,
     *   `network/built-in`
     */
    async save(given: NetworkProfile): Promise<NetworkProfile> {
      const known = profiles().find(({ id }) => id === given.id);
      const kind = known?.kind ?? 'cluster';
      if (kind !== given.kind) throw new AppError('network/built-in', { name: known?.name ?? given.name });
      if (kind === 'cluster') checkProfileUrls(given);
      const profile = known && kind === 'practice' ? { ...known, fees: given.fees } : given;
      await settings.update((value) => ({
        ...value,
        profiles: [...value.profiles.filter(({ id }) => id !== profile.id), profile],
      }));
      if (active && settings.read().activeId === profile.id) open(profile);
      else onChanged();
      return profile;
    },

    /** @throws AppError `network/unknown`, `network/built-in` */
    async remove(id: string): Promise<void> {
      const profile = find(id);
      if (isBuiltIn(id)) throw new AppError('network/built-in', { name: profile.name });
      const wasActive = settings.read().activeId === id;
      await settings.update(({ activeId, ...value }) => ({
        ...value,
        ...(activeId === undefined || wasActive ? {} : { activeId }),
        profiles: value.profiles.filter((each) => each.id !== id),
      }));
      if (wasActive) disconnect();
      else onChanged();
    },

    /** Reports on each URL by itself; the active connection stays as it is. */
    test: (profile: NetworkProfile): Promise<NetworkTest> => testNetwork(profile, deps),
  };
}

function sourcesOf(profile: NetworkProfile, practice: Practice): readonly Source[] {
  if (profile.kind === 'practice') return [{ label: 'The practice network', find: () => findPractice(practice) }];
  return rpcUrlsOf(profile).map((rpcUrl) => ({ label: originOf(rpcUrl), find: async () => placeOf(profile, rpcUrl) }));
}

/** Its process is started when it is not there, and may be somewhere else each time. */
async function findPractice(practice: Practice): Promise<EndpointPlace> {
  const { rpcUrl, webSocketUrl } = await practice.start();
  return { rpcUrl, origin: rpcUrl, webSocketUrl, unencrypted: false };
}

/** A WebSocket URL of its own serves all endpoints of a profile; one that is derived belongs to its RPC URL. */
function placeOf(profile: NetworkProfile, rpcUrl: string): EndpointPlace {
  const rpc = checkRpcUrl(rpcUrl, profile.allowUnencrypted);
  const webSocket = checkWebSocketUrl(profile.webSocketUrl, rpcUrl, profile.allowUnencrypted);
  const unencrypted = rpc.unencrypted || webSocket.unencrypted;
  return { rpcUrl: rpc.url, origin: rpc.origin, webSocketUrl: webSocket.url, unencrypted };
}

function statusOf(profile: NetworkProfile, endpoints: Endpoints, online: Online | undefined): Connection {
  const about = { profileId: profile.id, profileName: profile.name };
  const current = endpoints.current();
  if (!online || !current) {
    const failure = endpoints.failure();
    if (!failure) return { kind: 'connecting', ...about };
    return { kind: 'unreachable', ...about, ...failure, endpoints: endpoints.health() };
  }
  const { genesisHash, cluster, contradicts } = online;
  return {
    kind: 'online',
    ...about,
    genesisHash,
    cluster,
    ...(contradicts === undefined ? {} : { contradicts }),
    slot: current.slot,
    answeredAt: current.answeredAt,
    rpcUrl: current.place.origin,
    webSocketUrl: originOf(current.place.webSocketUrl),
    unencrypted: endpoints.places().some(({ unencrypted }) => unencrypted),
    endpoints: endpoints.health(),
  };
}
