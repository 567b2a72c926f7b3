import { readFileSync } from 'node:fs';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { followPlan } from '#core/dump/read-plan.ts';
import { planRunFacts } from '#core/dump/run-facts.ts';
import { sleep, systemClock } from '#main/adapters/clock.ts';
import { createRuns } from '#main/services/runs.ts';
import { openNode } from '#main/adapters/rpc/open-node.ts';
import { startPracticeNetwork } from '#practice/start-practice-network.ts';
import { runAccounts } from '#test/builders/run-accounts.ts';
import { exchangesOf, sequentialTrips } from '#test/exchanges.ts';
import { report } from './measure.ts';

const RUNS = 200;

/** Characters of the longest string in a JSON answer: account data travels as one string. */
function longestText(answer: string): number {
  return Math.max(0, ...[...answer.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text.length));
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
      clock: systemClock,
      sleep,
    } as unknown as Parameters<typeof createRuns>[0]);
    const { exchanges: list } = await exchangesOf(() => runs.list());
    const { exchanges: dump } = await exchangesOf(() =>
      followPlan(planRunFacts({ runId: 'bench-0', programs: DEFAULT_PROGRAM_IDS }), node),
    );
    const bytes = list.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    return [
      {
        name: 'list, bytes received a run',
        value: bytes / RUNS,
        unit: 'B',
        limit: { kind: 'at-most' as const, value: 3000 },
      },
      {
        name: 'list, longest account data (base64)',
        value: Math.max(...list.map(({ answer }) => longestText(answer))),
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
