import { moveTo } from '#core/transactions/states.ts';
import { JournalEntry, type JournaledTransaction } from './entry.ts';

export type Transactions = ReadonlyMap<string, JournaledTransaction>;

/** What the records add up to. `misunderstoodAt`: number of the first record this version cannot read. */
export type JournalReading = { readonly transactions: Transactions; readonly misunderstoodAt: number | undefined };

/** Reads records in order, up to the first that is not understood: what follows could depend on it. */
export function foldEntries(payloads: readonly unknown[]): JournalReading {
  let transactions: Transactions = new Map();
  for (const [index, payload] of payloads.entries()) {
    const entry = JournalEntry.safeParse(payload);
    const next = entry.success ? applyIfPossible(transactions, entry.data) : undefined;
    if (!next) return { transactions, misunderstoodAt: index + 1 };
    transactions = next;
  }
  return { transactions, misunderstoodAt: undefined };
}

function applyIfPossible(transactions: Transactions, entry: JournalEntry): Transactions | undefined {
  try {
    return applyEntry(transactions, entry);
  } catch {
    return undefined;
  }
}

/**
 * One state change.
 *
 * @throws AppError `transaction/no-such-step` for a change along no drawn edge
 */
export function applyEntry(transactions: Transactions, entry: JournalEntry): Transactions {
  const known = transactions.get(entry.id);
  return new Map(transactions).set(entry.id, changed(known, entry));
}

function changed(known: JournaledTransaction | undefined, entry: JournalEntry): JournaledTransaction {
  if (entry.event === 'signed') {
    if (known) throw new RangeError(`${entry.id} is signed twice`);
    return { signed: entry };
  }
  if (!known) throw new RangeError(`${entry.id} was never signed`);
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
