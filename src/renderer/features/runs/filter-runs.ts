import type { RunRow } from '#core/runs/run-row.ts';

export type RunFilter = { readonly text: string; readonly state: string; readonly onlyMine: boolean };

/** Columns that the list can be sorted by. `mine`: the operator's own first, then by id, however it is turned. */
export type RunSorting = { readonly column: string; readonly descending: boolean };

/** The order in which the list opens. */
export const MINE_FIRST: RunSorting = { column: 'mine', descending: false };

/**
 * Runs that fit a filter, sorted. Rows that cannot be read come last when a value of theirs is sorted by. `state` is the
 * chain's spelling, `unreadable`, or empty for all.
 */
export function filterRuns(
  rows: readonly RunRow[],
  { text, state, onlyMine }: RunFilter,
  sorting: RunSorting = MINE_FIRST,
): readonly RunRow[] {
  const needle = text.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        (!onlyMine || row.mine) && (state === '' || stateOf(row) === state) && (needle === '' || saysText(row, needle)),
    )
    .toSorted(orderBy(sorting));
}

function orderBy({ column, descending }: RunSorting): (one: RunRow, other: RunRow) => number {
  const byId = (one: RunRow, other: RunRow) => compare(one.runId, other.runId);
  if (column === 'mine') return (one, other) => Number(other.mine) - Number(one.mine) || byId(one, other);
  const key = KEYS[column] ?? KEYS['run'];
  if (!key) return byId;
  const turn = descending ? -1 : 1;
  return (one, other) => {
    const [first, second] = [key(one), key(other)];
    if (first === undefined || second === undefined) {
      return Number(first === undefined) - Number(second === undefined) || byId(one, other);
    }
    return turn * compare(first, second) || byId(one, other);
  };
}

/** The fixed order of states. Source: PROTOCOL.md §5.2. */
const STATE_ORDER: Readonly<Record<string, number>> = {
  Uninitialized: 0,
  WaitingForMembers: 1,
  Warmup: 2,
  RoundTrain: 3,
  RoundWitness: 4,
  Cooldown: 5,
  Paused: 6,
  Finished: 7,
};

type Key = (row: RunRow) => string | number | undefined;

const KEYS: Readonly<Record<string, Key>> = {
  run: ({ runId }) => runId.toLowerCase(),
  state: read(({ state }) => STATE_ORDER[state] ?? 8),
  epoch: read(({ epoch }) => epoch),
  step: read(({ step }) => step),
  clients: read(({ epochClients, knownClients }) => epochClients * 1_000 + knownClients),
  version: read(({ clientVersion }) => clientVersion),
  owner: ({ mainAuthority }) => mainAuthority,
};

function read(value: (reading: Extract<RunRow['reading'], { kind: 'ok' }>) => string | number): Key {
  return ({ reading }) => (reading.kind === 'ok' ? value(reading) : undefined);
}

function stateOf({ reading }: RunRow): string {
  return reading.kind === 'ok' ? reading.state : 'unreadable';
}

function saysText(row: RunRow, needle: string): boolean {
  const name = row.reading.kind === 'ok' ? row.reading.name : '';
  if (row.runId.toLowerCase().includes(needle) || name.toLowerCase().includes(needle)) return true;
  return [row.instance, row.account, row.mainAuthority, row.joinAuthority].some((address) =>
    address.toLowerCase().startsWith(needle),
  );
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
