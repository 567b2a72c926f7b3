import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { DataSlice } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { contract } from '#ipc/contract.ts';
import { sleep, systemClock } from '#main/adapters/clock.ts';
import { createRuns } from '#main/services/runs.ts';
import { filterRuns, MINE_FIRST } from '#renderer/features/runs/filter-runs.ts';
import { coordinatorsAccount, FULL_ACCOUNT, instanceOf } from './many-runs.ts';
import { median, medianMs, report, type Figure } from './measure.ts';

const RUNS = 10_000;

/** Everything but the network and the drawing: main's work on the answers, the wire, and the list as it opens. */
async function runsListFigures(): Promise<Figure[]> {
  const runs = createRuns(servicesOver(clusterOf(RUNS)));
  const output = contract.runs.list.output;
  const times: number[] = [];
  let rows: z.output<typeof output>['rows'] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const start = performance.now();
    const wire: unknown = structuredClone(z.encode(output, await runs.list()));
    rows = output.parse(wire).rows;
    filterRuns(rows, { text: '', state: '', onlyMine: false });
    times.push(performance.now() - start);
  }
  if (rows.length !== RUNS) throw new Error(`${rows.length} runs instead of ${RUNS}`);
  return [
    {
      name: `${RUNS} runs, from the answers to the sorted list`,
      value: median(times),
      unit: 'ms',
      limit: { kind: 'at-most', value: 1500 },
    },
    ...[
      { what: 'a text that few hold', filter: { text: '9981', state: '', onlyMine: false }, sorting: MINE_FIRST },
      {
        what: 'a text that none holds',
        filter: { text: 'nothing like it', state: '', onlyMine: false },
        sorting: MINE_FIRST,
      },
      {
        what: 'every row, sorted by owner',
        filter: { text: 'run', state: '', onlyMine: false },
        sorting: { column: 'owner', descending: true },
      },
    ].map(({ what, filter, sorting }): Figure => ({
      name: `${RUNS} runs, filter: ${what}`,
      value: medianMs(() => filterRuns(rows, filter, sorting), 50),
      unit: 'ms',
      limit: { kind: 'at-most', value: 50 },
    })),
  ];
}

/** The service over a cluster in memory; it uses nothing else for its list. */
function servicesOver(node: ReturnType<typeof clusterOf>) {
  return {
    connections: { current: () => ({ node, profile: { programs: DEFAULT_PROGRAM_IDS } }) },
    signers: { addresses: () => [] },
    clock: systemClock,
    sleep,
  } as unknown as Parameters<typeof createRuns>[0];
}

function clusterOf(count: number) {
  const instances = Array.from({ length: count }, (_, index) => instanceOf(index));
  return {
    async readProgramAccounts({ program }: { program: Address }) {
      return { slot: 1n, accounts: program === DEFAULT_PROGRAM_IDS.coordinator ? instances : [] };
    },
    async readAccounts(addresses: readonly Address[], { offset, length }: DataSlice) {
      const data = FULL_ACCOUNT.subarray(offset, offset + length);
      const accounts = addresses.map((address) => coordinatorsAccount(address, data, FULL_ACCOUNT.length));
      return { slot: 1n, accounts };
    },
  };
}

runsListFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
