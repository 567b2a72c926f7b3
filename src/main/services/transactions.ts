import type { JournaledTransaction } from '#core/journal/entry.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import type { TimelineEntry, TransactionRow, TransactionView } from '#core/transactions/journal-view.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { base64 } from '@scure/base';
import type { JournalBook } from './journal-book.ts';
import type { Sending } from './sending.ts';
import type { SignerBook } from './signer-book.ts';

type Deps = { readonly book: JournalBook; readonly sending: Sending; readonly signers: SignerBook };

export type Transactions = ReturnType<typeof createTransactions>;

/** The journal as the Transactions screen shows it, newest first. */
export function createTransactions({ book, sending, signers }: Deps) {
  function rowOf({ signed, end }: JournaledTransaction): TransactionRow {
    const { id, title, runId, signature, messageHash, genesisHash, networkName, feePayer, feeLamports } = signed;
    const outcome = end?.outcome ?? (sending.isDoubtful(id) ? ({ kind: 'unknown' } as const) : undefined);
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
      ...(outcome === undefined ? {} : { outcome }),
    };
  }

  return {
    list: () => book.all().map(rowOf).toReversed(),

    /** @throws AppError `journal/unknown-transaction` */
    read(id: string): TransactionView {
      const transaction = book.find(id);
      const { planId, wire } = transaction.signed;
      return {
        ...rowOf(transaction),
        timeline: timelineOf(transaction),
        review: summarize(decodeTransaction(wire).messageBytes, { own: signers.own(), labels: signers.labels() }),
        planId,
        wireBase64: base64.encode(wire),
      };
    },
  };
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
