import type { JournaledTransaction } from '#core/journal/entry.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import type { Failure } from '#core/transactions/failure.ts';
import type { TimelineEntry, TransactionRow, TransactionView } from '#core/transactions/journal-view.ts';
import type { BriefOutcome, Outcome } from '#core/transactions/outcome.ts';
import type { Review } from '#core/transactions/review.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { base64 } from '@scure/base';
import type { JournalBook } from './journal-book.ts';
import type { Sending } from './sending.ts';
import type { SignerBook } from './signer-book.ts';

type Deps = { readonly book: JournalBook; readonly sending: Sending; readonly signers: SignerBook };

export type Transactions = ReturnType<typeof createTransactions>;

/** The journal as the Transactions screen shows it, newest first. */
export function createTransactions({ book, sending, signers }: Deps) {
  function outcomeOf({ signed, end }: JournaledTransaction): Outcome | undefined {
    return end?.outcome ?? (sending.isDoubtful(signed.id) ? { kind: 'unknown' } : undefined);
  }

  function rowOf(transaction: JournaledTransaction): TransactionRow {
    const { signed } = transaction;
    const { id, title, runId, signature, messageHash, genesisHash, networkName, feePayer, feeLamports } = signed;
    const outcome = outcomeOf(transaction);
    return {
      id,
      title,
      ...(runId === undefined ? {} : { runId }),
      signature,
      messageHash,
      genesisHash,
      networkName,
      feePayer,
      feeLamports,
      startedAt: signed.reviewedAt,
      ...(outcome === undefined ? {} : { outcome: inBrief(outcome) }),
    };
  }

  return {
    list: () => book.all().map(rowOf).toReversed(),

    /** @throws AppError `journal/unknown-transaction` */
    read(id: string): TransactionView {
      const transaction = book.find(id);
      const { planId, wire, programs } = transaction.signed;
      const context = { own: signers.own(), labels: signers.labels(), ...(programs ? { programs } : {}) };
      const review = summarize(decodeTransaction(wire).messageBytes, context);
      const { outcome: _brief, ...row } = rowOf(transaction);
      const outcome = outcomeOf(transaction);
      return {
        ...row,
        ...(outcome === undefined ? {} : { outcome }),
        ...(outcome?.kind === 'failed' ? { failure: failureOf(outcome, review, programs, row.runId) } : {}),
        timeline: timelineOf(transaction),
        review,
        planId,
        wireBase64: base64.encode(wire),
      };
    },
  };
}

function inBrief(outcome: Outcome): BriefOutcome {
  return outcome.kind === 'failed' ? { kind: outcome.kind, slot: outcome.slot } : outcome;
}

function failureOf(
  { error, logs }: Extract<Outcome, { kind: 'failed' }>,
  { instructions }: Review,
  programs: ProgramIds | undefined,
  runId: string | undefined,
): Failure {
  return explainFailure({ error, logs, instructions, runId, ...(programs ? { programs } : {}) });
}

function timelineOf({ signed, sentAt, end }: JournaledTransaction): TimelineEntry[] {
  const overridden = signed.overrides.length === 0 ? '' : `Overridden: ${signed.overrides.join('; ')}`;
  const entries: TimelineEntry[] = [
    { state: 'reviewed', at: signed.reviewedAt, note: '' },
    { state: 'approved', at: signed.approvedAt, note: overridden },
    { state: 'signed', at: signed.at, note: 'Written to the journal' },
  ];
  if (sentAt !== undefined) entries.push({ state: 'sent', at: sentAt, note: '' });
  if (end) entries.push({ state: 'ended', at: end.at, note: '' });
  return entries;
}
