import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { encodeAccount } from '#core/codec/account-codec.ts';
import { ACCOUNT_SIZES, DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Account, DataSlice } from '#core/ports.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { contract } from '#ipc/contract.ts';
import { createRuns } from '#main/services/runs.ts';
import { filterRuns, MINE_FIRST } from '#renderer/features/runs/filter-runs.ts';
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
  } as unknown as Parameters<typeof createRuns>[0];
}

function clusterOf(count: number) {
  const bytes = readFileSync('test/fixtures/psyche/fixtures/full.bin');
  const instances = Array.from({ length: count }, (_, index) => instanceOf(index));
  return {
    async readProgramAccounts({ program }: { program: Address }) {
      return { slot: 1n, accounts: program === DEFAULT_PROGRAM_IDS.coordinator ? instances : [] };
    },
    async readAccounts(addresses: readonly Address[], { offset, length }: DataSlice) {
      const data = bytes.subarray(offset, offset + length);
      return { slot: 1n, accounts: addresses.map((address) => accountAt(address, data, bytes.length)) };
    },
  };
}

function instanceOf(index: number): Account {
  const key = (what: string) => sha256(new TextEncoder().encode(`${what} ${index}`));
  const data = new Uint8Array(ACCOUNT_SIZES.CoordinatorInstance);
  data.set(
    encodeAccount('coordinator', 'CoordinatorInstance', {
      bump: 255,
      main_authority: key('owner'),
      join_authority: key('join'),
      coordinator_account: key('account'),
      run_id: `run-${String(index).padStart(5, '0')}`,
    }),
  );
  return accountAt(addressFromBytes(key('instance')), data, data.length);
}

function accountAt(address: Address, data: Uint8Array, space: number): Account {
  return { address, lamports: 1n, owner: DEFAULT_PROGRAM_IDS.coordinator, executable: false, data, space };
}

runsListFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
