import { equalBytes } from '#core/units/equal-bytes.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { moveTo, type TransactionState } from '#core/transactions/states.ts';
import { JournalEntry, type JournaledTransaction } from './entry.ts';
import { isComplete, signatureSlots } from './wire-signatures.ts';

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
  if (entry.event === 'signatures') return withSignatures(known, entry);
  if (entry.event === 'exported') {
    if (known.exportedAt === undefined) moveTo(stateOf(known), 'exported');
    return { exportedAt: entry.at, ...known };
  }
  if (entry.event === 'sent') {
    if (!isComplete(known.signed.wire)) throw new RangeError(`${entry.id} was sent without its signatures`);
    moveTo(stateOf(known), 'sent');
    return { ...known, sentAt: entry.at };
  }
  const { at, outcome } = entry;
  moveTo(leftTheApp(known), outcome.kind);
  return { ...known, end: { at, outcome } };
}

/** A node may have taken bytes and never answered: what landed was sent. What lacks a signature was not. */
function leftTheApp(known: JournaledTransaction): TransactionState {
  const state = stateOf(known);
  return state === 'signed' ? moveTo(state, 'sent') : state;
}

/** The same message with more of its signatures, and nothing it had before is lost. */
function withSignatures(known: JournaledTransaction, { at, wire, signature }: NewSignatures): JournaledTransaction {
  const before = signatureSlots(known.signed.wire);
  const after = signatureSlots(wire);
  moveTo(moveTo(stateOf(known), 'signing'), after.every((slot) => slot.signature) ? 'signed' : 'partly-signed');
  const start = 1 + SIGNATURE_BYTES * after.length;
  const isSame = equalBytes(wire.subarray(start), known.signed.wire.subarray(start));
  const isKept = before.every(({ signature: made }, index) => {
    const there = after[index]?.signature;
    return !made || (there !== undefined && equalBytes(made, there));
  });
  const signers = after.flatMap((slot, index) => (slot.signature && !before[index]?.signature ? [slot.address] : []));
  if (!isSame || !isKept || signers.length === 0)
    throw new RangeError(`${known.signed.id} is not completed by these bytes`);
  const completions = [...(known.completions ?? []), { at, signers }];
  return { ...known, signed: { ...known.signed, wire, signature }, completions };
}

type NewSignatures = Extract<JournalEntry, { event: 'signatures' }>;

function stateOf({ signed, exportedAt, sentAt, end }: JournaledTransaction): TransactionState {
  if (end) return end.outcome.kind;
  if (sentAt !== undefined) return 'sent';
  // Handed out or not: what comes back may complete it.
  if (!isComplete(signed.wire)) return 'partly-signed';
  return exportedAt === undefined ? 'signed' : 'exported';
}
