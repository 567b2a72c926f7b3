import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { ChainNode } from '#main/ports.ts';
import { createVirtualTime } from '#test/simulator/virtual-time.ts';
import { createFallbackNode } from './fallback-node.ts';

type Answer = () => Promise<bigint>;

const withCode = (code: string) => expect.objectContaining({ code }) as unknown;
const nodeError = (code: number) => new AppError('rpc/node-error', { origin: 'x', method: 'getSlot', code });

/** Endpoints over virtual time; each answers `readSlot` and everything else with what the test says now. */
function createScene(...answers: Answer[]) {
  const time = createVirtualTime();
  const scene = {
    time,
    answers,
    asked: [] as number[],
    worthALook: [] as number[],
    required: answers.map(() => 0n),
    gone: new Set<number>(),
  };
  const candidates = answers.map((_, index) => {
    const answer = () => {
      scene.asked.push(index);
      return scene.answers[index]?.() ?? Promise.reject(new Error('no answer'));
    };
    const node = {
      origin: `https://${index}.example.org`,
      readSlot: answer,
      readAccounts: async () => ({ slot: await answer(), accounts: [] }),
      readBlockHeight: answer,
      requestAirdrop: async () => (await answer()).toString(),
      requireSlot(slot: bigint) {
        if (slot > (scene.required[index] ?? 0n)) scene.required[index] = slot;
      },
    } as unknown as ChainNode;
    return { node, lookSoon: () => scene.worthALook.push(index) };
  });
  const fallback = createFallbackNode({
    candidates: () => candidates.filter((_, index) => !scene.gone.has(index)),
    whyNone: () => new AppError('rpc/rate-limited', { origin: 'x', status: 429, seconds: 7 }),
    commitment: 'confirmed',
    clock: time.clock,
    sleep: time.sleep,
  });
  /** Lets a read end. */
  async function endOf<T>(read: Promise<T>, atMostMs = 60_000): Promise<{ result: T | unknown; afterMs: number }> {
    let result: { value: T | unknown } | undefined;
    const begun = time.clock.monotonic();
    read.then(
      (value) => (result = { value }),
      (cause: unknown) => (result = { value: cause }),
    );
    expect(await time.run(() => result !== undefined, atMostMs)).toBe(true);
    return { result: result?.value, afterMs: time.clock.monotonic() - begun };
  }
  return { scene, fallback, endOf, node: fallback.node };
}

const says = (slot: bigint) => async () => slot;
const fails = (cause: unknown) => () => Promise.reject(cause);
const endpointFailures: AppError[] = [
  new AppError('rpc/unreachable', { origin: 'x' }),
  new AppError('rpc/timeout', { origin: 'x', seconds: 15 }),
  new AppError('rpc/refused', { origin: 'x', status: 403 }),
  new AppError('rpc/failing', { origin: 'x', status: 502 }),
  new AppError('rpc/redirected', { origin: 'x' }),
  new AppError('rpc/malformed', { origin: 'x', method: 'getSlot', reason: 'not JSON' }),
  new AppError('rpc/rate-limited', { origin: 'x', status: 429, seconds: 3 }),
  nodeError(-32_005),
  nodeError(-32_016),
];

describe('a read', () => {
  test('goes to the first endpoint while that answers', async () => {
    const { scene, node, endOf } = createScene(says(5n), says(9n));
    expect(await endOf(node.readSlot())).toEqual({ result: 5n, afterMs: 0 });
    expect(scene.asked).toEqual([0]);
    expect(scene.worthALook).toEqual([]);
  });

  test.each(endpointFailures.map((cause) => [JSON.stringify(cause.params), cause] as const))(
    'goes to the next one at once when the first fails with %s, and the first is looked at',
    async (_what, cause) => {
      const { scene, node, endOf } = createScene(fails(cause), fails(cause), says(5n));
      expect(await endOf(node.readSlot())).toEqual({ result: 5n, afterMs: 0 });
      expect(scene.asked).toEqual([0, 1, 2]);
      expect(scene.worthALook).toEqual([0, 1]);
    },
  );

  test.each([
    ['an error of the request', nodeError(-32_602)],
    ['too long an answer', new AppError('rpc/too-large', { origin: 'x', maxBytes: 1 })],
    ['a bug', new Error('bug')],
  ])('ends with %s: another endpoint would say the same', async (_what, cause) => {
    const { scene, node, endOf } = createScene(fails(cause), says(5n));
    expect((await endOf(node.readSlot())).result).toBe(cause);
    expect(scene.asked).toEqual([0]);
    expect(scene.worthALook).toEqual([]);
  });

  test('that no endpoint answers fails like the first', async () => {
    const { node, endOf } = createScene(
      fails(new AppError('rpc/failing', { origin: 'x', status: 500 })),
      fails(new AppError('rpc/unreachable', { origin: 'x' })),
    );
    expect((await endOf(node.readSlot())).result).toEqual(withCode('rpc/failing'));
  });

  test('without an endpoint to ask says why there is none', async () => {
    const { scene, node, endOf } = createScene(says(5n));
    scene.gone.add(0);
    expect((await endOf(node.readSlot())).result).toEqual(withCode('rpc/rate-limited'));
    expect((await endOf(node.requestAirdrop(SYSTEM_PROGRAM, 1n))).result).toEqual(withCode('rpc/rate-limited'));
  });
});

describe('a slow endpoint', () => {
  test('is not waited for: after four seconds the next is asked as well, and who answers first counts', async () => {
    const { scene, node, endOf } = createScene(says(5n), says(6n));
    scene.answers[0] = () => scene.time.sleep(9_000).then(() => 5n);
    expect(await endOf(node.readSlot())).toEqual({ result: 6n, afterMs: 4_000 });
    scene.answers[1] = () => scene.time.sleep(9_000).then(() => 7n);
    expect(await endOf(node.readBlockHeight())).toEqual({ result: 5n, afterMs: 9_000 });
  });

  test('makes no read last longer than twenty seconds, whatever the others do', async () => {
    const timeout = () => new AppError('rpc/timeout', { origin: 'x', seconds: 15 });
    const { scene, node, endOf } = createScene(says(0n), says(0n), says(0n), says(0n));
    const hangs = () => scene.time.sleep(15_000).then(() => Promise.reject(timeout()));
    const refuses = fails(new AppError('rpc/unreachable', { origin: 'x' }));
    for (const answers of [
      [hangs, hangs, hangs, hangs],
      [refuses, hangs, refuses, hangs],
      [hangs, refuses, refuses, hangs],
    ]) {
      answers.forEach((answer, index) => (scene.answers[index] = answer));
      expect((await endOf(node.readSlot())).afterMs).toBeLessThanOrEqual(20_000);
    }
  });

  test('that failed when another answers in the same moment loses nothing', async () => {
    const { scene, node, endOf } = createScene(says(0n), says(0n));
    scene.answers[0] = () =>
      scene.time.sleep(5_000).then(() => Promise.reject(new AppError('rpc/unreachable', { origin: 'x' })));
    scene.answers[1] = () => scene.time.sleep(1_000).then(() => 6n);
    expect(await endOf(node.readSlot())).toEqual({ result: 6n, afterMs: 5_000 });
  });
});

describe('an older slot', () => {
  test('is never read after a newer one: the endpoint that shows it is passed over', async () => {
    const { scene, node, endOf } = createScene(says(50n), says(51n));
    await endOf(node.readAccounts([]));
    scene.answers[0] = says(49n);
    expect((await endOf(node.readAccounts([]))).result).toMatchObject({ slot: 51n });
    expect(scene.worthALook).toEqual([0]);
  });

  test('is not asked for: who takes over is told which slot was seen', async () => {
    const { scene, node, endOf, fallback } = createScene(says(50n), says(51n));
    await endOf(node.readAccounts([]));
    expect(scene.required).toEqual([0n, 0n]);
    scene.answers[0] = fails(new AppError('rpc/unreachable', { origin: 'x' }));
    await endOf(node.readBlockHeight());
    expect(scene.required).toEqual([0n, 50n]);
    fallback.noteSlot(70n, {} as ChainNode);
    fallback.noteSlot(60n, {} as ChainNode);
    await endOf(node.readBlockHeight());
    expect(scene.required).toEqual([70n, 70n]);
    expect(fallback.newestSlot()).toBe(70n);
    node.requireSlot(80n);
    expect(scene.required).toEqual([80n, 80n]);
  });

  test('gets a moment when all endpoints are behind, and an error when that is not enough', async () => {
    const { scene, node, endOf } = createScene(fails(nodeError(-32_016)), fails(nodeError(-32_016)));
    const catchesUp = endOf(node.readSlot());
    scene.time.after(1_200, () => (scene.answers[1] = says(9n)));
    expect(await catchesUp).toEqual({ result: 9n, afterMs: 1_500 });
    scene.answers[1] = fails(nodeError(-32_016));
    expect(await endOf(node.readSlot())).toEqual({ result: nodeError(-32_016), afterMs: 3_000 });
  });

  test('is taken of reads that began together: none of them is newer than the other', async () => {
    const { scene, node, endOf } = createScene(says(50n));
    const slots = [51n, 49n];
    scene.answers[0] = async () => slots.shift() ?? 0n;
    const both = await endOf(Promise.all([node.readSlot(), node.readSlot()]));
    expect(both.result).toEqual([51n, 49n]);
  });
});

test('what changes something goes to the first endpoint alone', async () => {
  const { scene, node, endOf } = createScene(fails(new AppError('rpc/unreachable', { origin: 'x' })), says(1n));
  expect((await endOf(node.requestAirdrop(SYSTEM_PROGRAM, 1n))).result).toEqual(withCode('rpc/unreachable'));
  expect(scene.asked).toEqual([0]);
  expect(node.origin).toBe('https://0.example.org');
});

test('every function of a node is the same one of the endpoint, with all it was given', async () => {
  const time = createVirtualTime();
  const asked: unknown[] = [];
  const endpoint = new Proxy({} as ChainNode, {
    get: (_target, name) =>
      name === 'requireSlot'
        ? () => undefined
        : async (...given: unknown[]) => {
            asked.push([name, given]);
            return name === 'readSlot' ? 7n : { slot: 7n };
          },
  });
  const { node } = createFallbackNode({
    candidates: () => [{ node: endpoint, lookSoon: () => undefined }],
    whyNone: () => new AppError('network/offline', {}),
    commitment: 'confirmed',
    clock: time.clock,
    sleep: time.sleep,
  });
  const functions = Object.entries(Object.getOwnPropertyDescriptors(node)).filter(([name]) => name !== 'requireSlot');
  const called: unknown[] = [];
  for (const [name, { value }] of functions) {
    if (typeof value !== 'function') continue;
    const given = [`${name} 1`, `${name} 2`, `${name} 3`];
    await (value as (...of: unknown[]) => Promise<unknown>)(...given);
    called.push([name, given]);
  }
  expect(called.length).toBeGreaterThan(25);
  // Those that take nothing pass nothing on.
  const names = (calls: unknown[]) => calls.map((call) => (call as [string])[0]);
  expect(names(asked)).toEqual(names(called));
  for (const [index, call] of asked.entries()) {
    const [, passed] = call as [string, unknown[]];
    if (passed.length > 0) expect(call).toEqual(called[index]);
  }
});
