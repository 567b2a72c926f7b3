import type { RunRow } from '#core/runs/run-row.ts';

export type RunFilter = { readonly text: string; readonly state: string; readonly onlyMine: boolean };

/** Runs that fit a filter, the operator's own first, then by id. `state` is the chain's spelling, `unreadable`, or empty for all. */
export function filterRuns(rows: readonly RunRow[], { text, state, onlyMine }: RunFilter): readonly RunRow[] {
  const needle = text.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        (!onlyMine || row.mine) && (state === '' || stateOf(row) === state) && (needle === '' || saysText(row, needle)),
    )
    .toSorted((one, other) => Number(other.mine) - Number(one.mine) || compare(one.runId, other.runId));
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

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
