import { AppError, isAppError } from '#core/errors/app-error.ts';
import { allProfiles, isBuiltIn } from '#core/networks/built-in-profiles.ts';
import { clusterOf, type ClusterName } from '#core/networks/cluster.ts';
import type { Connection, EndpointTest, NetworkTest } from '#core/networks/connection.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { checkRpcUrl, checkWebSocketUrl, deriveWebSocketUrl } from '#core/networks/url-rules.ts';
import type { Clock } from '#core/ports.ts';
import type { ChainNode, OpenNode, Sleep, Store, WebSockets } from '#main/ports.ts';
import type { Practice } from './practice.ts';
import type { StoredSettings } from './stored-settings.ts';

/** How often the newest slot is read while a network is active, milliseconds. */
const POLL_MS = 2000;

/** Longest pause between tries after failures: at most 8 tries a minute. */
const MAX_RETRY_MS = 8000;

/** A network that answers, as the rest of main uses it. */
export type Online = {
  readonly profile: NetworkProfile;
  readonly node: ChainNode;
  readonly genesisHash: string;
  readonly cluster: ClusterName;
  readonly contradicts: ClusterName | undefined;
  readonly webSocketUrl: string;
};

type Endpoints = { rpcUrl: string; origin: string; webSocketUrl: string; unencrypted: boolean };

type Deps = {
  readonly settings: Store<StoredSettings>;
  readonly practice: Practice;
  readonly openNode: OpenNode;
  readonly webSockets: WebSockets;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** 0 to 1: spreads retries. */
  readonly random: () => number;
  /** Logs what nobody foresaw and answers with a reference to it. */
  readonly reportUnexpected: (where: string, cause: unknown) => string;
  readonly onChanged: () => void;
};

export type Connections = ReturnType<typeof createConnections>;

/** Profiles and the one active connection. Nothing is opened before `resume` or `activate` is called. */
export function createConnections(deps: Deps) {
  const { settings, practice, openNode, clock, sleep, onChanged } = deps;
  let status: Connection = { kind: 'offline' };
  let online: Online | undefined;
  let active: AbortController | undefined;
  /** By genesis hash: the newest slot in which the app saw a transaction land. It outlasts the connection. */
  const neededSlots = new Map<string, bigint>();

  const profiles = () => allProfiles(settings.read().profiles);

  function find(id: string): NetworkProfile {
    const profile = profiles().find((each) => each.id === id);
    if (!profile) throw new AppError('network/unknown', { id });
    return profile;
  }

  async function endpointsOf(profile: NetworkProfile): Promise<Endpoints> {
    if (profile.kind === 'practice') {
      const { rpcUrl, webSocketUrl } = await practice.start();
      return { rpcUrl, origin: rpcUrl, webSocketUrl, unencrypted: false };
    }
    const rpc = checkRpcUrl(profile.rpcUrl, profile.allowUnencrypted);
    const webSocket = checkWebSocketUrl(profile.webSocketUrl, profile.rpcUrl, profile.allowUnencrypted);
    const unencrypted = rpc.unencrypted || webSocket.unencrypted;
    return { rpcUrl: rpc.url, origin: rpc.origin, webSocketUrl: webSocket.url, unencrypted };
  }

  /** Reads the genesis hash first: until it is known nobody gets the node. */
  async function connect(profile: NetworkProfile): Promise<{ found: Online; endpoints: Endpoints }> {
    const endpoints = await endpointsOf(profile);
    const { rpcUrl: url, origin } = endpoints;
    const node = openNode({ url, origin, commitment: profile.commitment });
    const genesisHash = await node.readGenesisHash();
    node.requireSlot(neededSlots.get(genesisHash) ?? 0n);
    if (profile.kind === 'practice') practice.noteGenesis(genesisHash);
    const cluster = clusterOf(genesisHash, practice.endpoint()?.genesisHash);
    const contradicts = profile.expected === 'any' || profile.expected === cluster ? undefined : cluster;
    const { webSocketUrl } = endpoints;
    return { found: { profile, node, genesisHash, cluster, contradicts, webSocketUrl }, endpoints };
  }

  async function keepConnected(profile: NetworkProfile, signal: AbortSignal): Promise<void> {
    let endpoints: Endpoints | undefined;
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (!online || !endpoints) {
          const connected = await connect(profile);
          if (signal.aborted) return;
          online = connected.found;
          endpoints = connected.endpoints;
        }
        const slot = await online.node.readSlot();
        if (signal.aborted) return;
        failures = 0;
        tell(onlineStatus(online, endpoints, slot, clock.now()));
      } catch (cause) {
        if (signal.aborted) return;
        online = undefined;
        failures += 1;
        tell(unreachableStatus(profile, deps.reportUnexpected, cause));
      }
      await sleep(pauseAfter(failures, deps.random()), signal);
    }
  }

  function tell(next: Connection): void {
    status = next;
    onChanged();
  }

  function disconnect(): void {
    active?.abort();
    active = undefined;
    online = undefined;
    tell({ kind: 'offline' });
  }

  function open(profile: NetworkProfile): void {
    active?.abort();
    active = new AbortController();
    online = undefined;
    tell({ kind: 'connecting', profileId: profile.id, profileName: profile.name });
    void keepConnected(profile, active.signal);
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
      if (online?.genesisHash === genesisHash) online.node.requireSlot(slot);
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

    /** @throws AppError `network/url-malformed`, `network/unencrypted`, `network/unencrypted-private` */
    async save(profile: NetworkProfile): Promise<NetworkProfile> {
      if (profile.kind === 'cluster') {
        checkRpcUrl(profile.rpcUrl, profile.allowUnencrypted);
        checkWebSocketUrl(profile.webSocketUrl, profile.rpcUrl, profile.allowUnencrypted);
      }
      const known = profiles().find(({ id }) => id === profile.id);
      const kind = known?.kind ?? 'cluster';
      if (kind !== profile.kind) throw new AppError('network/built-in', { name: known?.name ?? profile.name });
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
    async test(profile: NetworkProfile): Promise<NetworkTest> {
      const practiceHash = () => practice.endpoint()?.genesisHash;
      return testProfile(profile, { ...deps, practiceHash });
    },
  };
}

function onlineStatus(online: Online, endpoints: Endpoints, slot: bigint, answeredAt: number): Connection {
  const { profile, genesisHash, cluster, contradicts } = online;
  return {
    kind: 'online',
    profileId: profile.id,
    profileName: profile.name,
    genesisHash,
    cluster,
    ...(contradicts === undefined ? {} : { contradicts }),
    slot,
    answeredAt,
    rpcUrl: endpoints.origin,
    webSocketUrl: originOf(endpoints.webSocketUrl),
    unencrypted: endpoints.unencrypted,
  };
}

function unreachableStatus({ id, name }: NetworkProfile, report: Deps['reportUnexpected'], cause: unknown): Connection {
  const failure = describe(cause, report);
  return { kind: 'unreachable', profileId: id, profileName: name, ...failure };
}

function describe(cause: unknown, report: Deps['reportUnexpected']): { code: string; params: Record<string, unknown> } {
  if (!isAppError(cause)) return { code: 'internal/unexpected', params: { reference: report('connections', cause) } };
  return { code: cause.code, params: { ...cause.params } };
}

/** Path and query may hold a provider's key. */
function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
}

function pauseAfter(failures: number, random: number): number {
  if (failures === 0) return POLL_MS;
  return Math.min(POLL_MS * 2 ** (failures - 1), MAX_RETRY_MS) * (0.9 + 0.2 * random);
}

type TestDeps = Deps & { readonly practiceHash: () => string | undefined };

async function testProfile(profile: NetworkProfile, deps: TestDeps): Promise<NetworkTest> {
  const isPractice = profile.kind === 'practice';
  const practice = isPractice ? await deps.practice.start() : undefined;
  const rpcUrl = practice?.rpcUrl ?? profile.rpcUrl;
  let genesisHash: string | undefined;
  const webSocketUrl = practice?.webSocketUrl ?? profile.webSocketUrl;
  const [rpc, webSocket] = await Promise.all([
    timed(deps, originOf(rpcUrl), async () => {
      const { url, origin } = checkRpcUrl(rpcUrl, profile.allowUnencrypted);
      const node = deps.openNode({ url, origin, commitment: profile.commitment });
      const [genesis, version] = await Promise.all([node.readGenesisHash(), node.readVersion()]);
      genesisHash = genesis;
      return `Solana ${version.replace(/[^\w.+-]/g, '')}`;
    }),
    timed(deps, originOf(webSocketUrl) || derivedOrigin(rpcUrl), () => {
      const { url, origin } = checkWebSocketUrl(webSocketUrl, rpcUrl, profile.allowUnencrypted);
      return deps.webSockets.test(url, origin);
    }),
  ]);
  if (genesisHash === undefined) return { rpc, webSocket };
  return { rpc, webSocket, genesisHash, cluster: clusterOf(genesisHash, deps.practiceHash()) };
}

/** What the report names when nothing was written: the URL that is used instead. */
function derivedOrigin(rpcUrl: string): string {
  try {
    return originOf(deriveWebSocketUrl(rpcUrl));
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return '';
  }
}

async function timed(
  { clock, reportUnexpected }: Deps,
  url: string,
  look: () => Promise<string>,
): Promise<EndpointTest> {
  const start = clock.monotonic();
  try {
    const detail = await look();
    return { kind: 'ok', url, milliseconds: Math.round(clock.monotonic() - start), detail };
  } catch (cause) {
    return { kind: 'failed', url, ...describe(cause, reportUnexpected) };
  }
}
