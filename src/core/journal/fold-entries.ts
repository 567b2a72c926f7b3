import { moveTo } from '#core/transactions/states.ts';
import { JournalEntry, type JournaledTransaction } from './entry.ts';

/** By id, in the order in which they were signed. */
type Transactions = Map<string, JournaledTransaction>;

/** What the records add up to. `misunderstoodAt`: number of the first record this version cannot read. */
export type JournalReading = { readonly transactions: Transactions; readonly misunderstoodAt: number | undefined };

/**
 * Reads records in order, up to the first that is not understood: what follows could depend on it. Each costs the same, however
 * many there are: a journal is never thrown away.
 */
export function foldEntries(payloads: readonly unknown[]): JournalReading {
  const transactions: Transactions = new Map();
  for (const [index, payload] of payloads.entries()) {
    const entry = JournalEntry.safeParse(payload);
    const next = entry.success ? applyIfPossible(transactions.get(entry.data.id), entry.data) : undefined;
    if (!next) return { transactions, misunderstoodAt: index + 1 };
    transactions.set(next.signed.id, next);
  }
  return { transactions, misunderstoodAt: undefined };
}

function applyIfPossible(
  known: JournaledTransaction | undefined,
  entry: JournalEntry,
): JournaledTransaction | undefined {
  try {
    return applyEntry(known, entry);
  } catch {
    return undefined;
  }
}

/**
 * One state change of one transaction; `known` is `undefined` before its first entry.
 *
 * @throws AppError `transaction/no-such-step` for a change along no drawn edge
 */
export function applyEntry(known: JournaledTransaction | undefined, entry: JournalEntry): JournaledTransaction {
  if (entry.event === 'signed') {
    if (known) throw new RangeError(`${entry.id} is signed twice`);
    return { signed: entry };
  }
  if (!known) throw new RangeError(`${entry.id} was never signed`);
  if (entry.event === 'noted') {
    const { at, label, note } = entry;
    return { ...known, annotation: { at, label, note } };
  }
  if (entry.event === 'sent') {
    moveTo(stateOf(known), 'sent');
    return { ...known, sentAt: entry.at };
  }
  const { at, outcome } = entry;
  // A node may have taken bytes and never answered: what landed was sent.
  const from = known.end || known.sentAt !== undefined ? stateOf(known) : moveTo(stateOf(known), 'sent');
  moveTo(from, outcome.kind);
  return { ...known, end: { at, outcome } };
}

function stateOf({ sentAt, end }: JournaledTransaction) {
  if (end) return end.outcome.kind;
  return sentAt === undefined ? 'signed' : 'sent';
}
