import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { followPlan } from '#core/dump/read-plan.ts';
import { planRunFacts } from '#core/dump/run-facts.ts';
import { createRuns } from '#main/services/runs.ts';
import { openNode } from '#main/adapters/rpc/open-node.ts';
import { startPracticeNetwork } from '#practice/start-practice-network.ts';
import { runAccounts } from '#test/builders/run-accounts.ts';
import { report } from './measure.ts';

const RUNS = 200;

type Exchange = {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly bytes: number;
  readonly longest: number;
};

/** Runs the work while every HTTP answer is counted. */
async function exchangesOf(work: () => Promise<unknown>): Promise<Exchange[]> {
  const plain = globalThis.fetch;
  const exchanges: Exchange[] = [];
  globalThis.fetch = async (...request) => {
    const startedAt = performance.now();
    const answer = await plain(...request);
    const body = new Uint8Array(await answer.arrayBuffer());
    exchanges.push({ startedAt, endedAt: performance.now(), bytes: body.length, longest: longestText(body) });
    return new Response(body, answer);
  };
  try {
    await work();
  } finally {
    globalThis.fetch = plain;
  }
  return exchanges;
}

/** Requests that had to wait for an earlier one: the longest chain of exchanges that do not overlap. */
function sequentialTrips(exchanges: readonly Exchange[]): number {
  let trips = 0;
  let freeAt = Number.NEGATIVE_INFINITY;
  for (const { startedAt, endedAt } of exchanges.toSorted((a, b) => a.endedAt - b.endedAt)) {
    if (startedAt < freeAt) continue;
    trips += 1;
    freeAt = endedAt;
  }
  return trips;
}

/** Characters of the longest string in a JSON answer: account data travels as one string. */
function longestText(body: Uint8Array): number {
  return Math.max(0, ...[...new TextDecoder().decode(body).matchAll(/"([^"]*)"/g)].map(([, text = '']) => text.length));
}

async function rpcFigures() {
  const full = readFileSync('test/fixtures/psyche/fixtures/full.bin');
  const network = await startPracticeNetwork({
    genesis: { accounts: Array.from({ length: RUNS }, (_, index) => runAccounts(`bench-${index}`, full)).flat() },
    clock: { now: Date.now },
    random: (size) => new Uint8Array(size).fill(7),
  });
  try {
    const node = openNode({ url: network.rpcUrl, origin: network.rpcUrl, commitment: 'confirmed' });
    const runs = createRuns({
      connections: { current: () => ({ node, profile: { programs: DEFAULT_PROGRAM_IDS } }) },
      signers: { addresses: () => [] },
    } as unknown as Parameters<typeof createRuns>[0]);
    const list = await exchangesOf(() => runs.list());
    const dump = await exchangesOf(() =>
      followPlan(planRunFacts({ runId: 'bench-0', programs: DEFAULT_PROGRAM_IDS }), node),
    );
    const bytes = list.reduce((sum, each) => sum + each.bytes, 0);
    return [
      {
        name: 'list, bytes received a run',
        value: bytes / RUNS,
        unit: 'B',
        limit: { kind: 'at-most' as const, value: 3000 },
      },
      {
        name: 'list, longest account data (base64)',
        value: Math.max(...list.map(({ longest }) => longest)),
        unit: 'B',
        limit: { kind: 'at-most' as const, value: 3000 },
      },
      {
        name: 'dump of a run, sequential round trips',
        value: sequentialTrips(dump),
        unit: '',
        limit: { kind: 'at-most' as const, value: 2 },
      },
    ];
  } finally {
    await network.close();
  }
}

rpcFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
