import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { clusterOf } from '#core/networks/cluster.ts';
import { createServers, type Server } from '#test/builders/endpoint-servers.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { createVirtualTime } from '#test/simulator/virtual-time.ts';
import { createEndpoints } from './endpoints.ts';

const DEVNET = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
const TESTNET = '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpJk2NsNY';
const [A, B, C] = ['https://a.example.org', 'https://b.example.org', 'https://c.example.org'] as const;

const unreachable = () => new AppError('rpc/unreachable', { origin: 'x' });
const timedOut = () => new AppError('rpc/timeout', { origin: 'x', seconds: 15 });
const broken = () => new AppError('rpc/failing', { origin: 'x', status: 502 });
const limited = (retryAfterSeconds?: number) => () =>
  new AppError('rpc/refused', {
    origin: 'x',
    status: 429,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

/** Endpoints on made-up servers. */
function createScene(origins: readonly string[] = [A, B], expected: 'devnet' | 'any' = 'any') {
  const time = createVirtualTime();
  const servers = createServers(time, origins, DEVNET);
  const neededSlots = new Map<string, bigint>();
  const abort = new AbortController();
  const endpoints = createEndpoints({
    sources: origins.map((origin) => ({
      label: origin,
      find: async () => ({ rpcUrl: origin, origin, webSocketUrl: origin.replace('http', 'ws'), unencrypted: false }),
    })),
    commitment: 'confirmed',
    neededSlot: (genesisHash) => neededSlots.get(genesisHash) ?? 0n,
    clusterOf: (genesisHash) => clusterOf(genesisHash, undefined),
    expected,
    onChange: () => undefined,
    openNode: servers.openNode,
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0,
    reportUnexpected: () => 'reference',
  });
  const start = () => endpoints.run(abort.signal);
  const pass = (milliseconds: number) => time.run(() => false, milliseconds);
  const server = (origin: string, changes: Partial<Server>) => Object.assign(servers.at(origin), changes);
  const states = () => endpoints.health().map(({ state }) => state.kind);
  const used = () => endpoints.current()?.place.origin;
  const askedOf = (origin: string, what?: string) =>
    servers.at(origin).asked.filter((each) => what === undefined || each.what === what);
  async function read(): Promise<unknown> {
    const { current } = { current: endpoints.current() };
    if (!current) return 'offline';
    let result: unknown;
    const reading = current.node.readAccounts([]).then(
      (value) => (result = value),
      (cause: unknown) => (result = cause),
    );
    expect(await time.run(() => result !== undefined, 60_000)).toBe(true);
    await reading;
    return result;
  }
  return { time, endpoints, servers, neededSlots, abort, start, pass, server, states, used, askedOf, read };
}

async function startedScene(...of: Parameters<typeof createScene>) {
  const scene = createScene(...of);
  scene.start();
  await scene.pass(1);
  return scene;
}

describe('the endpoint that is read from', () => {
  test('is the first of the profile, once it told its genesis hash', async () => {
    const { endpoints, used, states, askedOf } = await startedScene();
    expect(used()).toBe(A);
    expect(states()).toEqual(['ok', 'ok']);
    expect(endpoints.health().map(({ isUsed }) => isUsed)).toEqual([true, false]);
    expect(askedOf(A)[0]?.what).toBe('genesis');
    expect(endpoints.nodes(DEVNET).map(({ origin }) => origin)).toEqual([A, B]);
    expect(endpoints.nodes(TESTNET)).toEqual([]);
  });

  test('is looked at every two seconds, the others every ten', async () => {
    const { pass, askedOf } = await startedScene();
    await pass(60_000);
    expect(askedOf(A, 'slot')).toHaveLength(31);
    expect(askedOf(B, 'slot')).toHaveLength(7);
  });

  test('is another one from the moment the first fails a look, and the first again once that answers', async () => {
    const { pass, server, used, states, read, endpoints } = await startedScene();
    server(A, { fails: unreachable });
    await pass(2_000);
    expect([used(), states()]).toEqual([B, ['failing', 'ok']]);
    expect(endpoints.nodes(DEVNET).map(({ origin }) => origin)).toEqual([B]);
    expect(await read()).toMatchObject({ slot: 100n });
    server(A, { fails: undefined, slot: 120n });
    await pass(14_000);
    expect([used(), states()]).toEqual([A, ['ok', 'ok']]);
  });

  test('is looked at as soon as it takes over', async () => {
    const { pass, server, endpoints, time } = await startedScene();
    await pass(3_500);
    server(A, { fails: unreachable });
    server(B, { slot: 108n });
    await pass(501);
    expect(endpoints.current()).toMatchObject({ slot: 108n, answeredAt: time.clock.now() - 2 });
  });

  test('that fails in a way nobody foresaw says so by a reference', async () => {
    const { pass, server, endpoints } = await startedScene([A]);
    server(A, {
      fails: () => {
        throw new TypeError('a bug');
      },
    });
    await pass(2_000);
    expect(endpoints.failure()).toEqual({ code: 'internal/unexpected', params: { reference: 'reference' } });
  });

  test('may fail a single read without being given up: a look decides, and it comes soon', async () => {
    const { server, read, used, askedOf, pass, states } = await startedScene();
    await pass(1_500);
    const looks = askedOf(A, 'slot').length;
    server(A, { fails: (what) => (what === 'accounts' ? broken() : undefined) });
    expect(await read()).toMatchObject({ slot: 100n });
    await pass(1);
    expect(askedOf(A, 'slot')).toHaveLength(looks + 1);
    expect([used(), states()]).toEqual([A, ['ok', 'ok']]);
  });

  test('is none when all fail: then there is nothing to read from, and one reason for it', async () => {
    const { server, pass, endpoints, states } = await startedScene();
    server(A, { fails: timedOut });
    server(B, { fails: unreachable });
    await pass(12_000);
    expect(states()).toEqual(['failing', 'failing']);
    expect(endpoints.current()).toBeUndefined();
    expect(endpoints.failure()).toMatchObject({ code: 'rpc/timeout' });
  });

  test('that fails is tried at most eight times in a minute', async () => {
    const { server, pass, askedOf } = await startedScene();
    server(A, { fails: unreachable });
    server(B, { fails: limited() });
    const before = { a: askedOf(A).length, b: askedOf(B).length };
    await pass(60_000);
    expect(askedOf(A).length - before.a).toBeLessThanOrEqual(8);
    expect(askedOf(B).length - before.b).toBeLessThanOrEqual(8);
  });

  test('says how long its last answer took, and when it came', async () => {
    const { server, pass, endpoints, time } = await startedScene();
    server(A, { takesMs: 84 });
    await pass(2_100);
    expect(endpoints.health()[0]).toMatchObject({ milliseconds: 84, answeredAt: time.clock.now() - 17 });
    server(A, { fails: unreachable });
    await pass(60_000);
    expect(endpoints.health()[0]).toMatchObject({ state: { kind: 'failing' }, milliseconds: 84 });
  });

  test('is let go of when the network is: nobody who still holds a node gets through', async () => {
    const { endpoints, abort, pass, askedOf } = await startedScene();
    const [node] = endpoints.nodes(DEVNET);
    abort.abort();
    await pass(1);
    expect(endpoints.current()).toBeUndefined();
    const before = askedOf(A).length;
    await expect(node?.readSlot()).rejects.toMatchObject({ code: 'rpc/unreachable' });
    await pass(60_000);
    expect(askedOf(A)).toHaveLength(before);
  });
});

describe('an endpoint that wants a pause', () => {
  test('gets it, and others serve meanwhile', async () => {
    const { server, pass, used, states, askedOf, read, endpoints, time } = await startedScene();
    server(A, { fails: limited(30) });
    await pass(2_000);
    expect([used(), states()]).toEqual([B, ['rate-limited', 'ok']]);
    expect(endpoints.health()[0]?.state).toMatchObject({ until: time.clock.now() + 30_000 - 1 });
    server(A, { fails: undefined });
    const before = askedOf(A).length;
    expect(await read()).toMatchObject({ slot: 100n });
    await pass(29_000);
    expect(askedOf(A)).toHaveLength(before);
    await pass(1_500);
    expect([used(), states()]).toEqual([A, ['ok', 'ok']]);
  });

  test('leaves nobody to ask when it is the only one: reads say for how long, and the network stays', async () => {
    const { server, pass, read, endpoints, askedOf } = await startedScene([A]);
    server(A, { fails: limited(30) });
    await pass(2_000);
    const before = askedOf(A).length;
    expect(await read()).toMatchObject({ code: 'rpc/rate-limited', params: { origin: A, status: 429, seconds: 30 } });
    expect(askedOf(A)).toHaveLength(before);
    expect(endpoints.current()?.genesisHash).toBe(DEVNET);
    expect(endpoints.nodes(DEVNET)).toHaveLength(1);
  });

  test('is asked which cluster it serves before anything is read from it again', async () => {
    const { server, pass, read, states, askedOf } = await startedScene();
    server(A, { fails: limited(5) });
    await read();
    server(A, { fails: undefined, genesis: TESTNET });
    const before = askedOf(A).length;
    for (let passed = 0; passed < 8_000; passed += 250) {
      await pass(250);
      expect(await read()).toMatchObject({ servedBy: DEVNET });
    }
    expect(askedOf(A)[before]?.what).toBe('genesis');
    expect(askedOf(A, 'accounts')).toHaveLength(1);
    expect(states()).toEqual(['other-cluster', 'ok']);
  });

  test('from the start is the reason why there is no network yet', async () => {
    const { server, pass, endpoints, start } = createScene([A]);
    server(A, { fails: limited(30) });
    start();
    await pass(10);
    expect(endpoints.current()).toBeUndefined();
    expect(endpoints.failure()).toMatchObject({ code: 'rpc/rate-limited' });
    server(A, { fails: undefined });
    await pass(30_000);
    expect(endpoints.current()).toBeDefined();
  });
});

describe('an endpoint of another cluster', () => {
  test('is neither read from nor sent to, not even when no other answers, and says which cluster it is', async () => {
    const scene = createScene();
    scene.server(B, { genesis: TESTNET });
    scene.start();
    await scene.pass(1);
    expect(scene.endpoints.health()[1]?.state).toEqual({
      kind: 'other-cluster',
      genesisHash: TESTNET,
      cluster: 'testnet',
    });
    scene.server(A, { fails: unreachable });
    await scene.pass(120_000);
    expect(scene.endpoints.current()).toBeUndefined();
    expect(scene.endpoints.nodes(DEVNET)).toEqual([]);
    expect(scene.endpoints.failure()).toMatchObject({ code: 'rpc/unreachable' });
    expect(scene.askedOf(B, 'accounts')).toEqual([]);
  });

  test('is noticed when it changes while it is connected, and its old node is worth nothing', async () => {
    const { endpoints, server, pass, states } = await startedScene();
    const held = endpoints.nodes(DEVNET)[1];
    server(B, { genesis: TESTNET });
    await pass(20_000);
    expect(states()).toEqual(['ok', 'other-cluster']);
    await expect(held?.readSlot()).rejects.toMatchObject({ code: 'network/changed' });
  });

  test('is what the network has become when its first endpoint is there, and none of the old one', async () => {
    const { endpoints, server, pass, neededSlots, states } = await startedScene([A]);
    neededSlots.set(DEVNET, 500n);
    server(A, { genesis: TESTNET, slot: 7n });
    await pass(20_000);
    expect(endpoints.current()).toMatchObject({ genesisHash: TESTNET, slot: 7n });
    expect(states()).toEqual(['ok']);
  });

  test('does not speak for the network while an earlier URL may still do so, for three seconds', async () => {
    const scene = createScene();
    scene.server(A, { takesMs: 1_000 });
    scene.server(B, { genesis: TESTNET });
    scene.start();
    await scene.pass(900);
    expect(scene.endpoints.current()).toBeUndefined();
    expect(scene.endpoints.failure()).toBeUndefined();
    await scene.pass(1_200);
    expect(scene.endpoints.current()?.genesisHash).toBe(DEVNET);

    const other = createScene();
    other.server(A, { takesMs: 10_000 });
    other.server(B, { genesis: TESTNET });
    other.start();
    await other.pass(3_001);
    expect(other.endpoints.current()?.genesisHash).toBe(TESTNET);
    await other.pass(30_000);
    expect(other.states()).toEqual(['other-cluster', 'ok']);
  });

  test('speaks at once when every earlier URL failed', async () => {
    const scene = createScene();
    scene.server(A, { fails: unreachable });
    scene.server(B, { takesMs: 100 });
    scene.start();
    await scene.pass(300);
    expect(scene.used()).toBe(B);
  });

  test('gives way to the promised one, whenever that answers', async () => {
    const scene = createScene([A, B], 'devnet');
    scene.server(A, { genesis: TESTNET });
    scene.server(B, { fails: unreachable });
    scene.start();
    await scene.pass(100);
    expect(scene.endpoints.current()?.genesisHash).toBe(TESTNET);
    const held = scene.endpoints.current()?.node;
    scene.server(B, { fails: undefined });
    await scene.pass(15_000);
    expect(scene.endpoints.current()?.genesisHash).toBe(DEVNET);
    expect(scene.states()).toEqual(['other-cluster', 'ok']);
    expect(await held?.readAccounts([])).toMatchObject({ servedBy: TESTNET });
  });
});

describe('an endpoint that is behind', () => {
  test('is asked last, and says by how much', async () => {
    const { server, pass, used, endpoints } = await startedScene();
    server(B, { slot: 200n });
    await pass(10_000);
    expect(used()).toBe(B);
    expect(endpoints.health()[0]?.state).toEqual({ kind: 'behind', slots: 100n });
    server(A, { slot: 190n });
    await pass(12_000);
    expect(used()).toBe(A);
  });

  test('never makes the slot go back that is shown', async () => {
    const { server, pass, endpoints } = await startedScene();
    server(A, { slot: 110n });
    await pass(2_000);
    server(A, { fails: unreachable });
    server(B, { slot: 105n });
    await pass(12_000);
    expect(endpoints.current()?.slot).toBe(110n);
  });

  test('answers nothing from before a slot in which something landed', async () => {
    const { server, endpoints, read } = await startedScene();
    endpoints.requireSlot(110n);
    server(B, { slot: 111n });
    expect(await read()).toMatchObject({ slot: 111n });
  });

  test('comes back with what is needed of its cluster', async () => {
    const { server, neededSlots, pass, read } = await startedScene([A]);
    neededSlots.set(DEVNET, 150n);
    server(A, { fails: unreachable });
    await pass(2_000);
    server(A, { fails: undefined });
    await pass(12_000);
    expect(await read()).toMatchObject({ code: 'rpc/node-error', params: { code: -32_016 } });
  });
});

/** One thing that happens to one of three servers, and time that passes after it. */
const happening = fc.record({
  origin: fc.constantFrom(A, B, C),
  change: fc.oneof(
    fc.constantFrom(unreachable, timedOut, broken, limited(), limited(40)).map((fails): Partial<Server> => ({ fails })),
    fc.constant<Partial<Server>>({ fails: undefined }),
    fc.bigInt(1n, 400n).map((slot): Partial<Server> => ({ slot })),
    fc.constantFrom(0, 50, 6_000).map((takesMs): Partial<Server> => ({ takesMs })),
    fc.constantFrom(DEVNET, TESTNET).map((genesis): Partial<Server> => ({ genesis, fails: undefined })),
  ),
  passMs: fc.constantFrom(0, 300, 2_500, 20_000),
});

test('whatever happens: no read is answered by another cluster, by an older slot than one before it, or while a pause lasts', async () => {
  let served = 0;
  let refused = 0;
  let paused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (story) => {
      const scene = createScene([A, B, C]);
      scene.start();
      const newest = new Map<string, bigint>();
      const pauses: { origin: string; from: number; until: number }[] = [];
      const timing = (origin: string, fails: NonNullable<Server['fails']>) => (what: string) => {
        const failure = fails(what);
        const seconds = failure && 'retryAfterSeconds' in failure.params ? (failure.params.retryAfterSeconds ?? 0) : 0;
        const from = scene.time.clock.monotonic();
        if (seconds > 0) pauses.push({ origin, from, until: from + seconds * 1000 });
        return failure;
      };
      for (const { origin, change, passMs } of story) {
        // A server that is another one from now on was away for a moment: whoever is connected to it has to connect anew.
        if (change.genesis !== undefined && change.genesis !== scene.servers.at(origin).genesis) {
          scene.server(origin, { fails: unreachable });
          await scene.pass(80_000);
        }
        scene.server(origin, { ...change, ...(change.fails && { fails: timing(origin, change.fails) }) });
        await scene.pass(passMs);
        const current = scene.endpoints.current();
        const answer = await scene.read();
        if (current && typeof answer === 'object' && answer !== null && 'servedBy' in answer && 'slot' in answer) {
          expect(answer.servedBy).toBe(current.genesisHash);
          expect(Number(answer.slot)).toBeGreaterThanOrEqual(Number(newest.get(current.genesisHash) ?? 0n));
          newest.set(current.genesisHash, answer.slot as bigint);
          served += 1;
        } else refused += 1;
        const sendable = scene.endpoints.nodes(DEVNET).map((node) => node.origin);
        for (const each of sendable) expect(scene.servers.at(each).genesis).toBe(DEVNET);
      }
      scene.abort.abort();
      for (const { origin, from, until } of pauses) {
        expect(scene.askedOf(origin).filter(({ at }) => at > from && at < until)).toEqual([]);
      }
      paused += pauses.length;
    }),
    { numRuns: propertyRuns() },
  );
  expect(served).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(10);
  expect(paused).toBeGreaterThan(10);
});
