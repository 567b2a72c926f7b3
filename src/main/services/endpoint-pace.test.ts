import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { createVirtualTime } from '#test/simulator/virtual-time.ts';
import { backOffMs } from './back-off.ts';
import { createEndpointLimit, createEndpointPace, MAX_UNDER_WAY } from './endpoint-pace.ts';

const origin = 'https://rpc.example.org';
const refused = (status: number, retryAfterSeconds?: number) =>
  new AppError(status >= 500 ? 'rpc/failing' : 'rpc/refused', {
    origin,
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
const behind = new AppError('rpc/node-error', { origin, method: 'getSlot', code: -32_005 });

/** One endpoint over virtual time. */
function createScene(random = 0) {
  const time = createVirtualTime();
  const limit = createEndpointLimit({ origin, clock: time.clock, random: () => random });
  const answered: number[] = [];
  const connect = () =>
    createEndpointPace({ limit, clock: time.clock, onAnswer: (milliseconds) => answered.push(milliseconds) });
  const { pace, close } = connect();
  const takes = (milliseconds: number) => () => time.sleep(milliseconds);
  const fails = (cause: unknown) => () => Promise.reject(cause);
  const pass = (milliseconds: number) => time.run(() => false, milliseconds);
  return { time, limit, answered, pace, close, connect, takes, fails, pass };
}

const limited = (seconds: number, status = 429) =>
  expect.objectContaining({ code: 'rpc/rate-limited', params: { origin, status, seconds } });

describe('an endpoint that asks for a pause', () => {
  test('gets it, however often it is needed meanwhile', async () => {
    const { pace, fails, pass } = createScene();
    let asked = 0;
    const ask = () => pace(async () => void (asked += 1));
    await expect(pace(fails(refused(429, 30)))).rejects.toEqual(limited(30));
    await pass(29_000);
    await expect(ask()).rejects.toEqual(limited(1));
    expect(asked).toBe(0);
    await pass(1_000);
    await ask();
    expect(asked).toBe(1);
  });

  test('without saying how long gets longer ones each time, until it answers', async () => {
    const { pace, fails, pass } = createScene();
    for (const seconds of [2, 4, 8, 12, 12]) {
      await expect(pace(fails(refused(429)))).rejects.toEqual(limited(seconds));
      await pass(seconds * 1000);
    }
    await pace(async () => undefined);
    await expect(pace(fails(refused(429)))).rejects.toEqual(limited(2));
  });

  test('again and again for a second is still left alone for longer', async () => {
    const { pace, fails, pass } = createScene();
    let tries = 0;
    for (let passed = 0; passed < 60_000; passed += 500) {
      await pace(() => {
        tries += 1;
        return fails(refused(429, 1))();
      }).catch(() => undefined);
      await pass(500);
    }
    expect(tries).toBeLessThanOrEqual(8);
  });

  test('in many answers at once asks for one pause, and whoever waits in line is told', async () => {
    const { pace, pass, time } = createScene();
    const slowly = () => time.sleep(100).then(() => Promise.reject(refused(429)));
    const all = Promise.allSettled(Array.from({ length: MAX_UNDER_WAY + 5 }, () => pace(slowly)));
    await pass(100);
    for (const { status, ...rest } of await all) {
      expect(status).toBe('rejected');
      expect((rest as PromiseRejectedResult).reason).toEqual(limited(2));
    }
  });

  test('is known as such by its next connection as well', async () => {
    const { pace, fails, connect } = createScene();
    await expect(pace(fails(refused(503, 9)))).rejects.toEqual(limited(9, 503));
    await expect(connect().pace(async () => undefined)).rejects.toEqual(limited(9, 503));
  });

  test.each([
    ['503 without a time', refused(503)],
    ['403', refused(403)],
    ['500 with a time', refused(500, 9)],
    ['an error of the request', behind],
    ['a bug', new Error('bug')],
  ])('is not one that answers with %s', async (_what, cause) => {
    const { pace, fails, limit } = createScene();
    await expect(pace(fails(cause))).rejects.toBe(cause);
    expect(limit.restMs()).toBe(0);
  });
});

describe('requests to one endpoint', () => {
  test('go at most twelve at a time, in the order they came', async () => {
    const { pace, time, pass } = createScene();
    const begun: number[] = [];
    const ended: number[] = [];
    const all = Array.from({ length: 30 }, (_, index) =>
      pace(async () => {
        begun.push(index);
        expect(begun.length - ended.length).toBeLessThanOrEqual(MAX_UNDER_WAY);
        await time.sleep(10);
        ended.push(index);
      }),
    );
    await pass(15);
    expect(begun).toHaveLength(24);
    await pass(100);
    await Promise.all(all);
    expect(begun).toEqual(Array.from({ length: 30 }, (_, index) => index));
  });

  test('free their place when they fail', async () => {
    const { pace, fails, pass, takes } = createScene();
    const failing = Array.from({ length: 40 }, () => pace(fails(refused(500))).catch(() => 'failed'));
    expect(await Promise.all(failing)).toEqual(Array.from({ length: 40 }, () => 'failed'));
    const all = Array.from({ length: MAX_UNDER_WAY }, () => pace(takes(10)));
    await pass(10);
    await Promise.all(all);
  });

  test('that wait, or come later, end with what closed the connection', async () => {
    const { pace, close, takes, pass } = createScene();
    const all = Array.from({ length: MAX_UNDER_WAY + 1 }, () => pace(takes(10)));
    const ended = Promise.allSettled(all);
    const cause = new AppError('rpc/unreachable', { origin });
    close(cause);
    close(new Error('later'));
    await expect(pace(takes(1))).rejects.toBe(cause);
    await pass(20);
    expect((await ended).map(({ status }) => status)).toEqual([
      ...Array.from({ length: MAX_UNDER_WAY }, () => 'fulfilled'),
      'rejected',
    ]);
  });

  test('are timed when they are answered, also by an error of the request, and not when nobody answers', async () => {
    const { pace, answered, pass, time, fails } = createScene();
    const slow = pace(() => time.sleep(84));
    await pass(84);
    await slow;
    await expect(pace(fails(behind))).rejects.toBe(behind);
    await expect(pace(fails(refused(500)))).rejects.toBeDefined();
    expect(answered).toEqual([84, 0]);
  });
});

test('tries after failures are never more than seven in any minute', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }), (randoms) => {
      let at = 0;
      const tries = randoms.map((random, index) => (at += backOffMs(index + 1, random)));
      for (const from of [0, ...tries]) {
        expect([0, ...tries].filter((each) => each >= from && each < from + 60_000).length).toBeLessThanOrEqual(7);
      }
    }),
    { numRuns: propertyRuns() },
  );
});
