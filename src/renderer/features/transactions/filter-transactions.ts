import type { TransactionRow } from '#core/transactions/journal-view.ts';

/** Empty texts let everything through. `outcome` is a kind of outcome, `pending` or `waiting` for signatures; `network` is a genesis hash. */
export type TransactionFilter = {
  readonly text: string;
  readonly outcome: string;
  readonly runId: string;
  readonly network: string;
  readonly signer: string;
};

export type TransactionSorting = { readonly column: string; readonly descending: boolean };

export const NO_FILTER: TransactionFilter = { text: '', outcome: '', runId: '', network: '', signer: '' };

/** The order in which the list opens. */
export const NEWEST_FIRST: TransactionSorting = { column: 'when', descending: true };

/** Transactions that fit a filter, sorted; what is equal stays newest first. */
export function filterTransactions(
  rows: readonly TransactionRow[],
  filter: TransactionFilter,
  sorting: TransactionSorting = NEWEST_FIRST,
): readonly TransactionRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter(
      (row) =>
        (filter.outcome === '' || outcomeOf(row) === filter.outcome) &&
        (filter.runId === '' || row.runId === filter.runId) &&
        (filter.network === '' || row.genesisHash === filter.network) &&
        (filter.signer === '' || row.signers.some((address) => address === filter.signer)) &&
        words.every((word) => says(row, word)),
    )
    .toSorted(orderBy(sorting));
}

/** What can be chosen in each filter: only what occurs. Networks by genesis hash, because names can repeat. */
export function choicesIn(rows: readonly TransactionRow[]) {
  const networks = new Map(rows.map(({ genesisHash, networkName }) => [genesisHash, networkName]));
  const names = [...networks.values()];
  return {
    runIds: [...new Set(rows.flatMap(({ runId }) => runId ?? []))].toSorted(compare),
    networks: [...networks].map(([value, name]) => ({
      value,
      label: names.filter((each) => each === name).length > 1 ? `${name} (${value.slice(0, 6)}…)` : name,
    })),
    signers: [...new Set(rows.flatMap(({ signers }) => signers))].toSorted(compare),
  };
}

function outcomeOf({ outcome, missing }: TransactionRow): string {
  return outcome?.kind ?? (missing.length > 0 ? 'waiting' : 'pending');
}

/** Words are found anywhere in what a person wrote or reads; hashes only from their beginning. */
function says(row: TransactionRow, word: string): boolean {
  const texts = [row.title, row.runId ?? '', row.label, row.note];
  const names = [row.signature, row.messageHash];
  return (
    texts.some((text) => text.toLowerCase().includes(word)) || names.some((name) => name.toLowerCase().startsWith(word))
  );
}

/** What needs a person comes first: without signatures, on its way, doubtful, failed, dead, done. */
const OUTCOME_ORDER: Readonly<Record<string, number>> = {
  waiting: 0,
  pending: 1,
  unknown: 2,
  failed: 3,
  expired: 4,
  'nonce-used': 5,
  confirmed: 6,
};

const KEYS: Readonly<Record<string, (row: TransactionRow) => string | number | bigint>> = {
  title: ({ title }) => title.toLowerCase(),
  run: ({ runId }) => runId?.toLowerCase() ?? '\uFFFF',
  outcome: (row) => OUTCOME_ORDER[outcomeOf(row)] ?? 9,
  network: ({ networkName }) => networkName.toLowerCase(),
  payer: ({ feePayer }) => feePayer,
  fee: ({ feeLamports }) => feeLamports,
  when: ({ startedAt }) => startedAt,
};

function orderBy({ column, descending }: TransactionSorting) {
  const key = KEYS[column] ?? (({ startedAt }: TransactionRow) => startedAt);
  const turn = descending ? -1 : 1;
  return (one: TransactionRow, other: TransactionRow) =>
    turn * compare(key(one), key(other)) || compare(other.startedAt, one.startedAt);
}

function compare<T extends string | number | bigint>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
