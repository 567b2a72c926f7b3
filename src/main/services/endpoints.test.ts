import { describe, expect, test } from 'vitest';
import {
  A,
  B,
  DEVNET,
  TESTNET,
  unreachable,
  timedOut,
  broken,
  limited,
  createScene,
  startedScene,
} from '#test/main/endpoint-scene.ts';

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
