import { isAppError } from '#core/errors/app-error.ts';
import { clusterOf } from '#core/networks/cluster.ts';
import type { EndpointTest, NetworkTest, RpcTest } from '#core/networks/connection.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { rpcUrlsOf } from '#core/networks/profile-urls.ts';
import { checkRpcUrl, checkWebSocketUrl, deriveWebSocketUrl } from '#core/networks/url-rules.ts';
import type { Clock } from '#core/ports.ts';
import type { OpenNode, WebSockets } from '#main/ports.ts';
import { describeFailure } from './describe-failure.ts';
import type { Practice } from './practice.ts';

type Deps = {
  readonly practice: Practice;
  readonly openNode: OpenNode;
  readonly webSockets: WebSockets;
  readonly clock: Clock;
  readonly reportUnexpected: (where: string, cause: unknown) => string;
};

/** Reports on each URL of a profile by itself. Every one is asked anew, whatever the connection in use knows of it. */
export async function testNetwork(profile: NetworkProfile, deps: Deps): Promise<NetworkTest> {
  const practice = profile.kind === 'practice' ? await deps.practice.start() : undefined;
  const [rpcUrl = '', ...moreRpcUrls] = practice ? [practice.rpcUrl] : rpcUrlsOf(profile);
  const webSocketUrl = practice?.webSocketUrl ?? profile.webSocketUrl;
  const [rpc, webSocket, ...more] = await Promise.all([
    testRpc(rpcUrl, profile, deps),
    timed(deps, originOf(webSocketUrl) || derivedOrigin(rpcUrl), () => {
      const { url, origin } = checkWebSocketUrl(webSocketUrl, rpcUrl, profile.allowUnencrypted);
      return deps.webSockets.test(url, origin);
    }),
    ...moreRpcUrls.map((url) => testRpc(url, profile, deps)),
  ]);
  return { rpc, webSocket, more };
}

async function testRpc(rpcUrl: string, profile: NetworkProfile, deps: Deps): Promise<RpcTest> {
  let genesisHash: string | undefined;
  const endpoint = await timed(deps, originOf(rpcUrl), async () => {
    const { url, origin } = checkRpcUrl(rpcUrl, profile.allowUnencrypted);
    const node = deps.openNode({ url, origin, commitment: profile.commitment });
    const [genesis, version] = await Promise.all([node.readGenesisHash(), node.readVersion()]);
    genesisHash = genesis;
    return `Solana ${version.replace(/[^\w.+-]/g, '')}`;
  });
  if (genesisHash === undefined) return { endpoint };
  return { endpoint, genesisHash, cluster: clusterOf(genesisHash, deps.practice.endpoint()?.genesisHash) };
}

/** Path and query may hold a provider's key. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
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
    return { kind: 'failed', url, ...describeFailure(cause, reportUnexpected) };
  }
}
