import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { Store } from '#main/ports.ts';
import { createServers } from '#test/builders/endpoint-servers.ts';
import { createVirtualTime } from '#test/simulator/virtual-time.ts';
import { createConnections } from './connections.ts';
import { StoredSettings } from './stored-settings.ts';

const DEVNET_HASH = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';

const OWN: NetworkProfile = {
  id: 'own',
  name: 'Own',
  kind: 'cluster',
  rpcUrl: 'https://rpc.example.org/secret-key',
  webSocketUrl: '',
  commitment: 'confirmed',
  programs: DEFAULT_PROGRAM_IDS,
  allowUnencrypted: false,
  expected: 'any',
  fees: DEFAULT_FEE_POLICY,
};

const ORIGIN = 'https://rpc.example.org';
const SPARE = 'https://spare.example.org';
const OTHER_HASH = '11111111111111111111111111111111';

/** Networks on made-up servers and virtual time. */
function createScene(stored: Partial<StoredSettings> = {}) {
  const time = createVirtualTime();
  const servers = createServers(time, [ORIGIN, SPARE], DEVNET_HASH);
  let settings = StoredSettings.parse(stored);
  const store: Store<StoredSettings> = {
    read: () => settings,
    async update(change) {
      settings = change(settings);
    },
  };
  const opened: string[] = [];
  const connections = createConnections({
    settings: store,
    practice: {
      start: async () => {
        throw new AppError('practice/not-started', { seconds: 30 });
      },
      tryAnew: () => undefined,
      endpoint: () => undefined,
      noteGenesis: () => undefined,
      stop: async () => undefined,
    },
    openNode(options) {
      opened.push(options.origin);
      return servers.openNode(options);
    },
    webSockets: {
      test: async () => 'Opened',
      watchSignature: () => {
        throw new Error('no signature should be watched');
      },
    },
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0,
    reportUnexpected: () => 'reference',
    onChanged: () => undefined,
  });
  /** Lets time pass. */
  const pass = (milliseconds: number) => time.run(() => false, milliseconds);
  return { connections, opened, server: servers.at(ORIGIN), spare: servers.at(SPARE), pass };
}

const scene = createScene;
const timedOut = () => new AppError('rpc/timeout', { origin: ORIGIN, seconds: 15 });

describe('the connection', () => {
  test('opens nothing before somebody chose a network', async () => {
    const { connections, opened, pass } = scene({ profiles: [OWN], activeId: 'own' });
    await pass(10_000);
    expect(opened).toEqual([]);
    expect(connections.status()).toEqual({ kind: 'offline' });
    expect(() => connections.current()).toThrow(expect.objectContaining({ code: 'network/offline' }));
  });

  test('is online once genesis hash and slot were read, known by its origin alone', async () => {
    const { connections, pass } = scene({ profiles: [OWN] });
    expect(await connections.activate('own')).toMatchObject({ kind: 'connecting' });
    await pass(1);
    expect(connections.status()).toMatchObject({
      kind: 'online',
      cluster: 'devnet',
      genesisHash: DEVNET_HASH,
      slot: 100n,
      rpcUrl: ORIGIN,
      webSocketUrl: 'wss://rpc.example.org',
      endpoints: [{ url: ORIGIN, isUsed: true, state: { kind: 'ok' } }],
    });
    expect(JSON.stringify({ ...connections.status(), slot: '' })).not.toContain('secret-key');
    expect(connections.onlineTo(DEVNET_HASH)).toBeDefined();
    expect(connections.onlineTo('another')).toBeUndefined();
  });

  test('is taken up where it was', async () => {
    const { connections, pass } = scene({ profiles: [OWN], activeId: 'own' });
    connections.resume();
    await pass(1);
    expect(connections.current().profile).toEqual(OWN);
  });

  test('to a cluster that is not the promised one says so', async () => {
    const { connections, pass } = scene({ profiles: [{ ...OWN, expected: 'mainnet' }] });
    await connections.activate('own');
    await pass(1);
    expect(connections.status()).toMatchObject({ kind: 'online', contradicts: 'devnet' });
  });

  test('that breaks hands out no node until the genesis hash was read again', async () => {
    const { connections, server, pass } = scene({ profiles: [OWN] });
    await connections.activate('own');
    await pass(1);
    server.fails = timedOut;
    await pass(2_000);
    expect(connections.status()).toMatchObject({
      kind: 'unreachable',
      code: 'rpc/timeout',
      endpoints: [{ url: ORIGIN, isUsed: false, state: { kind: 'failing', code: 'rpc/timeout' } }],
    });
    expect(() => connections.current()).toThrow();
    Object.assign(server, { fails: undefined, genesis: OTHER_HASH });
    await pass(2_000);
    expect(connections.current().genesisHash).toBe(OTHER_HASH);
  });

  test('that comes back reads nothing from before what was seen on that cluster, and only on that one', async () => {
    const { connections, server, pass } = scene({ profiles: [OWN] });
    const read = () => connections.current().endpoints[0]?.readAccounts([]);
    await connections.activate('own');
    await pass(1);
    connections.requireSlot(DEVNET_HASH, 177n);
    connections.requireSlot(DEVNET_HASH, 150n);
    await expect(read()).rejects.toMatchObject({ params: { code: -32_016 } });
    await connections.activate('own');
    await pass(1);
    await expect(read()).rejects.toMatchObject({ params: { code: -32_016 } });
    server.genesis = OTHER_HASH;
    await connections.activate('own');
    await pass(1);
    expect(await read()).toMatchObject({ slot: 100n });
  });

  test('that stays broken is tried at most eight times a minute', async () => {
    const { connections, server, pass } = scene({ profiles: [OWN] });
    server.fails = timedOut;
    await connections.activate('own');
    await pass(60_000);
    expect(server.asked.length).toBeGreaterThan(3);
    expect(server.asked.length).toBeLessThanOrEqual(8);
  });

  test('stays the same one while an endpoint of it answers, and moves with its WebSocket to the next', async () => {
    const { connections, server, spare, pass } = scene({ profiles: [{ ...OWN, moreRpcUrls: [`${SPARE}/key`] }] });
    await connections.activate('own');
    await pass(1);
    const online = connections.current();
    expect(online.endpoints.map(({ origin }) => origin)).toEqual([ORIGIN, SPARE]);
    server.fails = timedOut;
    await pass(2_000);
    expect(connections.current()).toBe(online);
    expect(online.webSocketUrl).toBe('wss://spare.example.org/key');
    expect(online.endpoints.map(({ origin }) => origin)).toEqual([SPARE]);
    expect(connections.status()).toMatchObject({
      kind: 'online',
      rpcUrl: SPARE,
      webSocketUrl: 'wss://spare.example.org',
    });
    spare.fails = timedOut;
    await pass(10_000);
    expect(() => connections.current()).toThrow();
    expect(online.endpoints).toEqual([]);
    spare.fails = undefined;
    await pass(12_000);
    expect(connections.current()).not.toBe(online);
  });

  test('has one WebSocket when the profile names one', async () => {
    const named = { webSocketUrl: 'wss://hints.example.org', moreRpcUrls: [SPARE] };
    const { connections, server, pass } = scene({ profiles: [{ ...OWN, ...named }] });
    server.fails = timedOut;
    await connections.activate('own');
    await pass(1);
    expect(connections.current()).toMatchObject({ webSocketUrl: 'wss://hints.example.org' });
  });

  test('to another cluster leaves nothing of the one before: its nodes answer nobody', async () => {
    const { connections, pass } = scene({ profiles: [OWN, { ...OWN, id: 'spare', rpcUrl: SPARE }] });
    await connections.activate('own');
    await pass(1);
    const online = connections.current();
    await connections.activate('spare');
    await pass(1);
    await expect(online.node.readSlot()).rejects.toMatchObject({ code: 'network/offline' });
    expect(online.endpoints).toEqual([]);
    connections.disconnect();
    expect(connections.status()).toEqual({ kind: 'offline' });
  });
});

describe('a network profile', () => {
  test('is taken only with URLs that may be used', async () => {
    const { connections } = scene();
    for (const [changes, code] of [
      [{ rpcUrl: 'http://example.org' }, 'network/unencrypted'],
      [{ rpcUrl: 'http://10.0.0.1' }, 'network/unencrypted-private'],
      [{ rpcUrl: 'example' }, 'network/url-malformed'],
      [{ webSocketUrl: 'ws://example.org' }, 'network/unencrypted'],
      [{ moreRpcUrls: [SPARE, 'http://example.org'] }, 'network/further-url'],
      [{ kind: 'practice' }, 'network/built-in'],
    ] as const) {
      await expect(connections.save({ ...OWN, ...changes } as NetworkProfile)).rejects.toMatchObject({ code });
    }
    expect(connections.list().profiles.map(({ id }) => id)).not.toContain('own');
  });

  test('of the app can be edited, but not removed; one of the operator’s can', async () => {
    const { connections } = scene();
    await connections.save({ ...OWN, id: 'devnet', name: 'Devnet', expected: 'devnet' });
    await connections.save(OWN);
    expect(connections.list().profiles.find(({ id }) => id === 'devnet')?.rpcUrl).toBe(OWN.rpcUrl);
    await expect(connections.remove('devnet')).rejects.toMatchObject({ code: 'network/built-in' });
    await connections.remove('own');
    expect(connections.list().profiles).toHaveLength(5);
  });

  test('of the practice network changes its fees and nothing else', async () => {
    const { connections } = scene();
    const practice = connections.list().profiles.find(({ kind }) => kind === 'practice');
    if (!practice) throw new Error('there is no practice network');
    const fees = { kind: 'fixed', microLamports: 5_000 } as const;
    const given = { ...practice, name: 'Mainnet', rpcUrl: 'http://example.org', moreRpcUrls: ['nothing'], fees };
    expect(await connections.save(given)).toEqual({ ...practice, fees });
    expect(connections.list().profiles).toContainEqual({ ...practice, fees });
  });

  test('is tested URL by URL: one may fail while the others answer', async () => {
    const { connections, server, spare } = scene();
    const profile = { ...OWN, moreRpcUrls: [SPARE] };
    spare.genesis = OTHER_HASH;
    expect(await connections.test(profile)).toEqual({
      rpc: {
        endpoint: { kind: 'ok', url: ORIGIN, milliseconds: 0, detail: 'Solana 2.1.4b' },
        genesisHash: DEVNET_HASH,
        cluster: 'devnet',
      },
      webSocket: { kind: 'ok', url: 'wss://rpc.example.org', milliseconds: 0, detail: 'Opened' },
      more: [
        {
          endpoint: { kind: 'ok', url: SPARE, milliseconds: 0, detail: 'Solana 2.1.4b' },
          genesisHash: OTHER_HASH,
          cluster: 'unknown',
        },
      ],
    });
    server.fails = timedOut;
    expect(await connections.test(profile)).toMatchObject({
      rpc: { endpoint: { kind: 'failed', code: 'rpc/timeout' } },
      webSocket: { kind: 'ok' },
      more: [{ endpoint: { kind: 'ok' } }],
    });
    expect(await connections.test({ ...OWN, rpcUrl: 'nothing', moreRpcUrls: ['http://8.8.8.8'] })).toMatchObject({
      rpc: { endpoint: { kind: 'failed', code: 'network/url-malformed' } },
      more: [{ endpoint: { kind: 'failed', code: 'network/unencrypted' } }],
    });
  });
});
