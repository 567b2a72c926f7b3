import { afterAll, describe, expect, test } from 'vitest';
import type { OperationRequest } from '#core/operations/request.ts';
import { createSigningDesk, REQUESTS } from '#test/signing/signing-desk.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom } from '#test/simulator/random.ts';
import { runSeeds } from '#test/simulator/seeded-suite.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import { isWholeTier } from '#test/simulator/seeds.ts';
import type { VirtualTime } from '#test/simulator/virtual-time.ts';
import type { WorldOptions } from '#test/simulator/world.ts';
import { soakSeeds } from './share-of-soak.ts';
import { failureOf } from './words-of.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TEN_YEARS = 10 * 365.25 * 24 * HOUR;

const KINDS = ['ten years ahead', 'ten years back', 'backwards', 'slept and counted', 'slept uncounted'] as const;
type ClockFault = (typeof KINDS)[number];

const counts = createFaultCounts<ClockFault>('K8', KINDS);
const totals = { approvals: 0, seeds: 0, confirmed: 0, expired: 0 };
afterAll(() => {
  counts.print();
  console.info(`K8: ${JSON.stringify(totals)}`);
});

type Desk = ReturnType<typeof createSigningDesk>;

/** What happens to the clocks while somebody reads the question, and how long that took by the monotonic one. */
const CLOCKS: Readonly<Record<ClockFault, (desk: Desk) => void>> = {
  'ten years ahead': ({ scene }) => void (scene.wallClockOffMs = TEN_YEARS),
  'ten years back': ({ scene }) => void (scene.wallClockOffMs = -TEN_YEARS),
  backwards: ({ scene }) => void (scene.wallClockOffMs -= 3 * HOUR),
  'slept and counted': ({ scene }) => void (scene.ms += 8 * HOUR),
  'slept uncounted': ({ scene }) => void (scene.wallClockOffMs = 8 * HOUR),
};

const READ_MS = [0, 1, 119_999, 120_000, 8 * HOUR] as const;
const CASES = KINDS.flatMap((kind) =>
  REQUESTS.flatMap((request) => READ_MS.map((readMs) => [kind, request, readMs] as const)),
);

async function approveWhile(kind: ClockFault, request: OperationRequest, readMs: number, blocks = 0n) {
  const desk = createSigningDesk();
  const kept = await desk.reviews.reviewNext(await desk.plans.begin(request));
  if (!kept) throw new Error('there is nothing to do');
  const { reviewId, review, typedPhrase } = kept.shown;
  desk.scene.onConfirm = async () => {
    CLOCKS[kind](desk);
    counts.count(kind);
    desk.scene.ms += readMs;
    desk.scene.height += blocks;
    return true;
  };
  totals.approvals += 1;
  const approving = desk.approvals.approve({ reviewId, messageHash: review.messageHash, typed: typedPhrase });
  return { desk, approving };
}

describe('K8: an approval', () => {
  test('lives two minutes by the monotonic clock, wherever the wall clock is', async () => {
    for (const [kind, request, readMs] of CASES) {
      const { desk, approving } = await approveWhile(kind, request, readMs);
      const isTooOld = readMs >= 2 * MINUTE || kind === 'slept and counted';
      const where = [kind, request.operation.kind, readMs];
      if (isTooOld) expect([...where, await failureOf(approving)]).toEqual([...where, 'approval/expired']);
      else await approving;
      expect([...where, desk.payloads.length]).toEqual([...where, isTooOld ? 0 : 1]);
    }
  });

  test('does not outlive a night that the monotonic clock slept through: the blocks that passed end it', async () => {
    const [first] = REQUESTS;
    if (!first) throw new Error('there is no request');
    const nightBlocks = BigInt((8 * HOUR) / 400);
    const { desk, approving } = await approveWhile('slept uncounted', first, 0, nightBlocks);
    expect(await failureOf(approving)).toBe('plan/lapsed');
    expect(desk.payloads).toEqual([]);
  });
});

/** Clocks that are set and machines that sleep, a few times in the first minutes. */
function clocksGoWrong(seed: number): (time: VirtualTime) => void {
  return (time) => {
    const random = createRandom(seed ^ 0x6b38);
    let atMs = 0;
    for (let left = 2 + random.int(5); left > 0; left -= 1) {
      atMs += random.pick([300, 2000, 20_000, 90_000] as const) + random.int(3000);
      const kind = random.pick(KINDS);
      time.after(atMs, () => {
        counts.count(kind);
        disturb(time, kind, random.int(3 * HOUR));
      });
    }
  };
}

function disturb(time: VirtualTime, kind: ClockFault, backMs: number): void {
  switch (kind) {
    case 'ten years ahead':
      return time.setWallClock(TEN_YEARS);
    case 'ten years back':
      return time.setWallClock(-TEN_YEARS);
    case 'backwards':
      return time.setWallClock(-backMs);
    case 'slept and counted':
    case 'slept uncounted':
      return time.suspend(8 * HOUR, kind === 'slept and counted');
  }
}

function optionsOf(seed: number): WorldOptions {
  const random = createRandom(seed ^ 0x386b);
  return {
    seed,
    isPlain: true,
    wish: random.pick(['fund', 'fund', 'fund by nonce'] as const),
    endpoints: random.pick([1, 2] as const),
    rates: { 'send dropped': random.pick([0, 0.5, 0.95] as const), 'slow reader': 0.3, 'late answer': 0.1 },
    ratesUntilMs: 90_000,
    meanwhile: clocksGoWrong(seed),
  };
}

test('K8: what somebody wants done once is done once, and what is sent ends by the height of the chain alone', async () => {
  const { seeds } = await runSeeds(soakSeeds(200), optionsOf, 'test/faults/k8.test.ts');
  totals.seeds += seeds;
}, 600_000);

/** Bytes on their way when the clock goes wrong; nothing is dropped or all of it. */
async function endOf(dropped: 0 | 1, meanwhile: (time: VirtualTime) => void) {
  const { violations, outcomes, log } = await runScenario({
    seed: 5,
    isPlain: true,
    rates: { 'send dropped': dropped },
    ratesUntilMs: 30_000,
    meanwhile,
  });
  expect(violations).toEqual([]);
  for (const outcome of outcomes) if (outcome === 'confirmed' || outcome === 'expired') totals[outcome] += 1;
  return { outcomes, log };
}

test('K8: a wall clock ten years off makes nothing expire that can still land', async () => {
  for (const offMs of [TEN_YEARS, -TEN_YEARS]) {
    for (let atMs = 100; atMs < 8000; atMs += 700) {
      counts.count(offMs > 0 ? 'ten years ahead' : 'ten years back');
      const { outcomes } = await endOf(0, (time) => time.after(atMs, () => time.setWallClock(offMs)));
      expect([atMs, outcomes]).toEqual([atMs, ['confirmed']]);
    }
  }
});

test('K8: what was sent before a night of sleep has ended soon after it, whether the clock counted the night or not', async () => {
  for (const isCounted of [true, false]) {
    counts.count(isCounted ? 'slept and counted' : 'slept uncounted');
    const { outcomes } = await endOf(1, (time) => time.after(6000, () => time.suspend(8 * HOUR, isCounted)));
    expect(outcomes[0]).toBe('expired');
  }
});

test.runIf(isWholeTier())('K8: met every fault, and both ends', () => {
  expect(counts.missing()).toEqual([]);
  expect(totals.confirmed).toBeGreaterThan(0);
  expect(totals.expired).toBeGreaterThan(0);
});
