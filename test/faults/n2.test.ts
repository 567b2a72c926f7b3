import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { BUILT_IN_PROFILES } from '#core/networks/built-in-profiles.ts';
import type { NetworkProfile } from '#core/networks/profile.ts';
import { openNode } from '#main/adapters/rpc/open-node.ts';
import { createConnections } from '#main/services/connections.ts';
import type { Practice } from '#main/services/practice.ts';
import type { StoredSettings } from '#main/services/stored-settings.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import { createVirtualTime } from '#test/simulator/virtual-time.ts';
import { httpServer } from './local-server.ts';

const KINDS = ['4xx', '429', '5xx', 'redirect'] as const;
const counts = createFaultCounts('N2', KINDS);
afterAll(() => counts.print());

const plain = (statuses: readonly number[]) => statuses.map((status) => ({ status, headers: {} }));
const withRetryAfter = (status: number, texts: readonly string[]) =>
  texts.map((text) => ({ status, headers: { 'retry-after': text } }));

const REFUSALS = [
  ...plain([401, 402, 403, 404, 405, 408, 410, 413, 418, 429, 451]),
  ...withRetryAfter(429, [
    '0',
    '-5',
    '1e9',
    '99999999999999999999',
    'NaN',
    'soon',
    '5, 6',
    '0x10',
    '1.5',
    'Wed, 21 Oct 2015 07:28:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'Infinity',
    ' ',
  ]),
  ...plain([500, 501, 502, 503, 504, 508, 520, 530]),
  ...withRetryAfter(503, ['120', '-1', 'never']),
  ...plain([301, 302, 303, 307, 308]),
];

function kindOf(status: number): (typeof KINDS)[number] {
  if (status === 429) return '429';
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : 'redirect';
}

const CODES = { '4xx': 'rpc/refused', '429': 'rpc/refused', '5xx': 'rpc/failing', redirect: 'rpc/redirected' } as const;

describe('N2: an endpoint that refuses', () => {
  test('is told apart by its status, whatever it asks for, and is never followed elsewhere', async () => {
    expect(REFUSALS.length).toBeGreaterThanOrEqual(30);
    let elsewhere = 0;
    const target = await httpServer((_request, response) => {
      elsewhere += 1;
      response.end('{"jsonrpc":"2.0","id":1,"result":5}');
    });
    for (const { status, headers } of REFUSALS) {
      counts.count(kindOf(status));
      const server = await httpServer((_request, response) => {
        response.writeHead(status, { location: `http://127.0.0.1:${target.port}/`, ...headers });
        response.end('{"jsonrpc":"2.0","id":1,"result":5}');
      });
      const url = `http://127.0.0.1:${server.port}`;
      const cause: unknown = await openNode({ url, origin: url, commitment: 'confirmed', deadlineMs: 5000 })
        .readSlot()
        .catch((thrown: unknown) => thrown);
      expect([status, headers, isAppError(cause) && cause.code]).toEqual([status, headers, CODES[kindOf(status)]]);
      await server.close();
    }
    expect(elsewhere).toBe(0);
    await target.close();
  });
});

const MINUTE_MS = 60_000;

/** The most tries in any minute. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + MINUTE_MS).length));
}

/** What a connection asks an endpoint that refuses everything, in five minutes of virtual time. */
async function triesAt({ status, headers }: (typeof REFUSALS)[number], random: number): Promise<number[]> {
  const time = createVirtualTime();
  const tries: number[] = [];
  const server = await httpServer((_request, response) => {
    tries.push(time.clock.monotonic());
    response.writeHead(status, headers);
    response.end();
  });
  const profile = {
    ...BUILT_IN_PROFILES[1],
    id: 'refusing',
    rpcUrl: `http://127.0.0.1:${server.port}`,
  } as NetworkProfile;
  let underWay = 0;
  const connections = createConnections({
    settings: {
      read: () => ({ profiles: [profile], activeId: profile.id }) as StoredSettings,
      update: async () => undefined,
    },
    practice: { endpoint: () => undefined } as Practice,
    webSockets: { test: async () => '', watchSignature: () => () => undefined },
    openNode: (options) =>
      openNode({
        ...options,
        async pace(request) {
          underWay += 1;
          try {
            return await (options.pace ? options.pace(request) : request());
          } finally {
            underWay -= 1;
          }
        },
      }),
    clock: time.clock,
    sleep: time.sleep,
    random: () => random,
    reportUnexpected: () => 'reference',
    onChanged: () => undefined,
  });
  connections.resume();
  while (time.clock.monotonic() < 5 * MINUTE_MS) {
    // While somebody waits for an answer no time passes.
    while (underWay > 0) await setImmediate();
    await time.run(() => underWay > 0, 1000);
  }
  connections.disconnect();
  await server.close();
  return tries;
}

describe('N2: an endpoint that goes on refusing', () => {
  test('is asked at most eight times in any minute, and never given up', { timeout: 120_000 }, async () => {
    for (const refusal of REFUSALS) {
      const tries = await triesAt(refusal, 0);
      expect([refusal, mostInAMinute(tries) <= 8, tries.length >= 4]).toEqual([refusal, true, true]);
    }
  });

  test('is not asked at the same moments by everybody', async () => {
    const [early, late] = await Promise.all([0, 1].map((random) => triesAt({ status: 500, headers: {} }, random)));
    expect(late).not.toEqual(early);
    expect(late?.length).toBeGreaterThan(4);
  });

  test('is not hammered either while a transaction waits for its end', async () => {
    for (const fault of ['no answer', 'rate limited'] as const) {
      const { log, effects, violations } = await runScenario({
        seed: 14,
        isPlain: true,
        rates: { [fault]: 1 },
        ratesFromMs: 1400,
      });
      expect([fault, violations, effects]).toEqual([fault, [], 1]);
      const calls = log.filter((line) => / http:/.test(line)).map((line) => Number(line.split(' ')[0]));
      const tries = calls.filter((time) => time > 10_000 && time < 15 * MINUTE_MS);
      expect(tries.length).toBeGreaterThan(20);
      expect([fault, mostInAMinute(tries)]).toEqual([fault, expect.toSatisfy((most: number) => most <= 8)]);
    }
  });

  test('would be noticed to be hammered', () => {
    expect(mostInAMinute(Array.from({ length: 40 }, (_, index) => index * 2000))).toBe(30);
  });
});

test('every fault of this row was injected', () => {
  expect(counts.missing()).toEqual([]);
});
