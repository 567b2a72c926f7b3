import { type ClientCounts, countActivities } from '#core/practice/client-activity.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { Connection } from '#core/networks/connection.ts';
import type { Address } from '#core/solana/address.ts';
import type { FakeGroups, FakeWorld } from './fake-world.ts';
import { sampleEndpoints } from './sample-endpoints.ts';
import { addressOf, GENESIS } from './sample-addresses.ts';
import { samplePrograms } from './sample-programs.ts';
import { DEMO_MINT } from './sample-treasury.ts';
import type { Scenario } from './scenario.ts';

const MAINNET_GENESIS = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
const DEVNET_GENESIS = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';

/** The app itself, its networks, and the practice network. */
export function fakeNetworkHandlers({
  scenario,
  isEmpty,
  slotNow,
}: FakeWorld): FakeGroups<'app' | 'networks' | 'practice'> {
  let settings = { theme: scenario.theme };
  let door = scenario.door;
  let profiles = sampleProfiles(scenario);
  let clients: ClientCounts = isEmpty ? [] : [{ activity: 'joining', count: 2 }];
  let clusterTime = Math.floor(Date.now() / 1_000);
  const accepted = new Set<Address>();
  const status = () => ({ version: '0.1.0', ...(door && { door }), settings, notices: [] });
  const connection = () => connectionOf(scenario, door, slotNow());
  const practice = () => ({
    kind: 'running' as const,
    rpcUrl: 'http://127.0.0.1:8899',
    webSocketUrl: 'ws://127.0.0.1:8900',
    genesisHash: GENESIS,
    clusterTime,
    demoMint: DEMO_MINT,
  });

  return {
    app: {
      status,
      chooseDoor(input) {
        door = input.door;
        return status();
      },
      saveSettings(input) {
        settings = input;
        return status();
      },
    },
    networks: {
      list: () => ({ profiles: [...profiles], activeId: scenario.network === 'practice' ? 'practice' : 'mainnet' }),
      save(profile) {
        profiles = [...profiles.filter(({ id }) => id !== profile.id), profile];
        return profile;
      },
      remove({ id }) {
        profiles = profiles.filter((profile) => profile.id !== id);
        return {};
      },
      activate: () => connection(),
      test: (profile) => ({
        rpc: {
          endpoint: { kind: 'ok', url: profile.rpcUrl, milliseconds: 84, detail: 'Agave 2.3.6' },
          genesisHash: MAINNET_GENESIS,
          cluster: 'mainnet',
        },
        webSocket: {
          kind: 'failed',
          url: profile.webSocketUrl || 'wss://rpc.example.org',
          code: 'rpc/unreachable',
          params: { origin: 'wss://rpc.example.org' },
        },
        more: (profile.moreRpcUrls ?? []).map((url, index) => ({
          endpoint: { kind: 'ok', url, milliseconds: 212 + index, detail: 'Agave 2.3.6' },
          ...(index === 0
            ? { genesisHash: MAINNET_GENESIS, cluster: 'mainnet' }
            : { genesisHash: DEVNET_GENESIS, cluster: 'devnet' }),
        })),
      }),
      importCliConfig: () => ({ kind: 'cancelled' }),
      status: () => connection(),
      programs: () => samplePrograms(scenario, accepted),
      acceptProgram({ program }) {
        accepted.add(program);
        return samplePrograms(scenario, accepted);
      },
    },
    practice: {
      status: practice,
      advance({ seconds }) {
        clusterTime += seconds;
        return practice();
      },
      faucet: () => ({ signature: addressOf('faucet') }),
      createMint: ({ decimals }) => ({ mint: addressOf(`mint with ${decimals} decimals`) }),
      giveTokens: () => ({}),
      reset: practice,
      addClients({ count }) {
        clients = countActivities([
          ...activitiesOf(clients),
          ...Array.from({ length: count }, () => 'joining' as const),
        ]);
        return { counts: clients, refusals: [] };
      },
      removeClients() {
        clients = [];
        return { counts: clients, refusals: [] };
      },
      clients: () => ({ counts: clients, refusals: [] }),
    },
  };
}

function connectionOf(scenario: Scenario, door: Scenario['door'], slot: bigint): Connection {
  if (door === undefined || door === 'offline') return { kind: 'offline' };
  const profile =
    scenario.network === 'practice'
      ? { profileId: 'practice', profileName: 'Practice' }
      : { profileId: 'mainnet', profileName: 'Mainnet' };
  if (scenario.network === 'unreachable')
    return {
      kind: 'unreachable',
      ...profile,
      code: 'rpc/unreachable',
      params: { origin: 'https://rpc.example.org' },
      endpoints: sampleEndpoints(scenario),
    };
  const endpoints = sampleEndpoints(scenario);
  const rpcUrl = endpoints.find(({ isUsed }) => isUsed)?.url ?? '';
  return {
    kind: 'online',
    ...profile,
    ...identityOf(scenario.network),
    slot,
    answeredAt: Date.now(),
    rpcUrl,
    webSocketUrl: scenario.network === 'practice' ? 'ws://127.0.0.1:8900' : rpcUrl.replace('https', 'wss'),
    unencrypted: false,
    endpoints,
  };
}

function identityOf(network: Scenario['network']) {
  if (network === 'practice') return { genesisHash: GENESIS, cluster: 'practice' } as const;
  if (network === 'contradicting')
    return { genesisHash: DEVNET_GENESIS, cluster: 'devnet', contradicts: 'devnet' } as const;
  return { genesisHash: MAINNET_GENESIS, cluster: 'mainnet' } as const;
}

function sampleProfiles(scenario: Scenario): readonly NetworkProfile[] {
  const [, ...more] = sampleEndpoints(scenario).map(({ url }) => `${url}/k3y`);
  const cluster = {
    kind: 'cluster',
    webSocketUrl: '',
    commitment: 'confirmed',
    programs: DEFAULT_PROGRAM_IDS,
    allowUnencrypted: false,
    fees: DEFAULT_FEE_POLICY,
  } as const;
  return [
    { ...cluster, id: 'practice', name: 'Practice', kind: 'practice', rpcUrl: '', expected: 'any' },
    { ...cluster, id: 'localnet', name: 'Localnet', rpcUrl: 'http://127.0.0.1:8899', expected: 'any' },
    { ...cluster, id: 'devnet', name: 'Devnet', rpcUrl: 'https://api.devnet.example.org', expected: 'devnet' },
    {
      ...cluster,
      id: 'mainnet',
      name: 'Mainnet',
      rpcUrl: 'https://rpc.example.org',
      ...(more.length > 0 && { moreRpcUrls: more }),
      expected: 'mainnet',
    },
  ];
}

function activitiesOf(counts: ClientCounts) {
  return counts.flatMap(({ activity, count }) => Array.from({ length: count }, () => activity));
}
