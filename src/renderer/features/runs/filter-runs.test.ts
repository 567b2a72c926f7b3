import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { RunRow } from '#core/runs/run-row.ts';
import { filterRuns } from './filter-runs.ts';

function row(runId: string, parts: { mine?: boolean; state?: string; name?: string } = {}): RunRow {
  const { mine = false, state = 'Paused', name = '' } = parts;
  return {
    runId,
    instance: DEFAULT_PROGRAM_IDS.coordinator,
    account: DEFAULT_PROGRAM_IDS.treasurer,
    mainAuthority: DEFAULT_PROGRAM_IDS.authorizer,
    joinAuthority: SYSTEM_PROGRAM,
    mine,
    reading:
      state === 'unreadable'
        ? { kind: 'unreadable', code: 'account/size', params: {}, label: '' }
        : {
            kind: 'ok',
            name,
            state,
            pendingPause: false,
            epoch: 0,
            step: 0,
            totalSteps: 1,
            epochClients: 0,
            knownClients: 0,
            clientVersion: '',
          },
  };
}

const NO_FILTER = { text: '', state: '', onlyMine: false };
const ids = (rows: readonly RunRow[]) => rows.map(({ runId }) => runId);

test('own runs come first, then all by id', () => {
  expect(ids(filterRuns([row('b'), row('c', { mine: true }), row('a')], NO_FILTER))).toEqual(['c', 'a', 'b']);
});

test('a search looks at id, name and the start of an address, whatever its case', () => {
  const rows = [row('atlas'), row('b', { name: 'Atlas two' }), row('c')];
  expect(ids(filterRuns(rows, { ...NO_FILTER, text: ' ATLAS ' }))).toEqual(['atlas', 'b']);
  expect(filterRuns(rows, { ...NO_FILTER, text: '4shug' })).toHaveLength(3);
});

test('runs that cannot be read have a state of their own and stay in the list', () => {
  const rows = [row('old', { state: 'unreadable' }), row('new')];
  expect(ids(filterRuns(rows, { ...NO_FILTER, state: 'unreadable' }))).toEqual(['old']);
  expect(filterRuns(rows, NO_FILTER)).toHaveLength(2);
});

test('a column sorts both ways, and runs that cannot be read come last either way', () => {
  const rows = [row('b', { state: 'Paused' }), row('old', { state: 'unreadable' }), row('a', { state: 'Warmup' })];
  expect(ids(filterRuns(rows, NO_FILTER, { column: 'state', descending: false }))).toEqual(['a', 'b', 'old']);
  expect(ids(filterRuns(rows, NO_FILTER, { column: 'state', descending: true }))).toEqual(['b', 'a', 'old']);
});
