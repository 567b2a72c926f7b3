import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { ChainNode, Store, WebSockets } from '#main/ports.ts';
import { type Connections, createConnections } from './connections.ts';
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

/** A network whose one endpoint does what a test says. Everything not named throws. */
function createScene(stored: Partial<StoredSettings> = {}) {
  const scene = {
    genesis: DEVNET_HASH,
    fails: false,
    opened: [] as string[],
    waits: [] as number[],
    /** Of the newest node. */
    neededSlot: 0n,
  };
  let settings = StoredSettings.parse(stored);
  const store: Store<StoredSettings> = {
    read: () => settings,
    async update(change) {
      settings = change(settings);
    },
  };
  const answer = async <T>(value: T): Promise<T> => {
    if (scene.fails) throw new AppError('rpc/timeout', { origin: 'https://rpc.example.org', seconds: 15 });
    return value;
  };
  const node = {
    readGenesisHash: () => answer(scene.genesis),
    readSlot: () => answer(7n),
    readVersion: () => answer('2.1.4<b>'),
    requireSlot: (slot: bigint) => {
      if (slot > scene.neededSlot) scene.neededSlot = slot;
    },
  } as unknown as ChainNode;
  const webSockets: WebSockets = {
    test: async () => 'Opened',
    watchSignature: () => {
      throw new Error('no signature should be watched');
    },
  };
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
    openNode: ({ origin }) => {
      scene.opened.push(origin);
      scene.neededSlot = 0n;
      return node;
    },
    webSockets,
    clock: { now: () => 1, monotonic: () => 1 },
    async sleep(milliseconds, wake) {
      scene.waits.push(milliseconds);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (wake?.aborted) return;
    },
    random: () => 0.5,
    reportUnexpected: () => 'reference',
    onChanged: () => undefined,
  });
  return { scene, connections };
}

let connections: Connections | undefined;
beforeEach(() => {
  connections = undefined;
});
afterEach(() => connections?.disconnect());

function scene(stored: Partial<StoredSettings> = {}) {
  const created = createScene(stored);
  connections = created.connections;
  return created;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 40));

describe('the connection', () => {
  test('opens nothing before somebody chose a network', async () => {
    const { connections: idle, scene: seen } = scene({ profiles: [OWN], activeId: 'own' });
    await settle();
    expect(seen.opened).toEqual([]);
    expect(idle.status()).toEqual({ kind: 'offline' });
    expect(() => idle.current()).toThrow(expect.objectContaining({ code: 'network/offline' }));
  });

  test('is online once genesis hash and slot were read, known by its origin alone', async () => {
    const { connections: online } = scene({ profiles: [OWN] });
    expect(await online.activate('own')).toMatchObject({ kind: 'connecting' });
    await settle();
    expect(online.status()).toMatchObject({
      kind: 'online',
      cluster: 'devnet',
      genesisHash: DEVNET_HASH,
      rpcUrl: 'https://rpc.example.org',
      webSocketUrl: 'wss://rpc.example.org',
    });
    expect(JSON.stringify({ ...online.status(), slot: '' })).not.toContain('secret-key');
    expect(online.onlineTo(DEVNET_HASH)).toBeDefined();
    expect(online.onlineTo('another')).toBeUndefined();
  });

  test('to a cluster that is not the promised one says so', async () => {
    const { connections: online } = scene({ profiles: [{ ...OWN, expected: 'mainnet' }] });
    await online.activate('own');
    await settle();
    expect(online.status()).toMatchObject({ kind: 'online', contradicts: 'devnet' });
  });

  test('that breaks hands out no node until the genesis hash was read again', async () => {
    const { connections: online, scene: seen } = scene({ profiles: [OWN] });
    await online.activate('own');
    await settle();
    seen.fails = true;
    await settle();
    expect(online.status()).toMatchObject({ kind: 'unreachable', code: 'rpc/timeout' });
    expect(() => online.current()).toThrow();
    Object.assign(seen, { fails: false, genesis: '11111111111111111111111111111111' });
    await settle();
    expect(online.current().genesisHash).toBe('11111111111111111111111111111111');
  });

  test('that comes back reads nothing from before what was seen on that cluster, and only on that one', async () => {
    const { connections: online, scene: seen } = scene({ profiles: [OWN] });
    await online.activate('own');
    await settle();
    online.requireSlot(DEVNET_HASH, 77n);
    online.requireSlot(DEVNET_HASH, 50n);
    expect(seen.neededSlot).toBe(77n);
    await online.activate('own');
    await settle();
    expect(seen.neededSlot).toBe(77n);
    seen.genesis = '11111111111111111111111111111111';
    await online.activate('own');
    await settle();
    expect(seen.neededSlot).toBe(0n);
  });

  test('that stays broken is tried at most eight times a minute', async () => {
    const { connections: broken, scene: seen } = scene({ profiles: [OWN] });
    seen.fails = true;
    await broken.activate('own');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(seen.waits.slice(0, 3)).toEqual([2000, 4000, 8000]);
    expect(Math.min(...seen.waits.slice(3))).toBeGreaterThanOrEqual(60_000 / 8);
  });
});

describe('a network profile', () => {
  test('is taken only with URLs that may be used', async () => {
    const { connections: any } = scene();
    for (const [changes, code] of [
      [{ rpcUrl: 'http://example.org' }, 'network/unencrypted'],
      [{ rpcUrl: 'http://10.0.0.1' }, 'network/unencrypted-private'],
      [{ rpcUrl: 'example' }, 'network/url-malformed'],
      [{ webSocketUrl: 'ws://example.org' }, 'network/unencrypted'],
      [{ kind: 'practice' }, 'network/built-in'],
    ] as const) {
      await expect(any.save({ ...OWN, ...changes })).rejects.toMatchObject({ code });
    }
    expect(any.list().profiles.map(({ id }) => id)).not.toContain('own');
  });

  test('of the app can be edited, but not removed; one of the operator’s can', async () => {
    const { connections: any } = scene();
    await any.save({ ...OWN, id: 'devnet', name: 'Devnet', expected: 'devnet' });
    await any.save(OWN);
    expect(any.list().profiles.find(({ id }) => id === 'devnet')?.rpcUrl).toBe(OWN.rpcUrl);
    await expect(any.remove('devnet')).rejects.toMatchObject({ code: 'network/built-in' });
    await any.remove('own');
    expect(any.list().profiles).toHaveLength(5);
  });

  test('is tested URL by URL: one may fail while the other answers', async () => {
    const { connections: any, scene: seen } = scene();
    expect(await any.test(OWN)).toMatchObject({
      rpc: { kind: 'ok', detail: 'Solana 2.1.4b' },
      webSocket: { kind: 'ok', url: 'wss://rpc.example.org' },
      cluster: 'devnet',
    });
    seen.fails = true;
    expect(await any.test(OWN)).toMatchObject({
      rpc: { kind: 'failed', code: 'rpc/timeout' },
      webSocket: { kind: 'ok' },
    });
  });
});
