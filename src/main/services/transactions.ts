import { isAppError } from '#core/errors/app-error.ts';
import { cleanLabel, cleanNote } from '#core/journal/annotation.ts';
import type { JournaledTransaction, SignedEntry } from '#core/journal/entry.ts';
import { wireSigners } from '#core/journal/wire-signers.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import type { Address } from '#core/solana/address.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import type { Failure } from '#core/transactions/failure.ts';
import type { LandedDetails, TimelineEntry, TransactionRow, TransactionView } from '#core/transactions/journal-view.ts';
import type { BriefOutcome, Outcome } from '#core/transactions/outcome.ts';
import type { Review } from '#core/transactions/review.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { base64 } from '@scure/base';
import type { ChainNode } from '#main/ports.ts';
import type { JournalBook } from './journal-book.ts';
import type { Sending } from './sending.ts';
import type { SignerBook } from './signer-book.ts';

type Deps = {
  readonly book: JournalBook;
  readonly sending: Sending;
  readonly signers: SignerBook;
  /** The cluster with this genesis hash, while the app is connected to it. */
  readonly nodeOf: (genesisHash: string) => Pick<ChainNode, 'readLanded'> | undefined;
};

export type Transactions = ReturnType<typeof createTransactions>;

/** One record that cannot be read must not hide the others. */
function readSigners({ wire, feePayer }: SignedEntry): readonly Address[] {
  try {
    return wireSigners(wire);
  } catch (cause) {
    if (isAppError(cause)) return [feePayer];
    throw cause;
  }
}

/** The journal as the Transactions screen shows it, newest first. */
export function createTransactions({ book, sending, signers, nodeOf }: Deps) {
  /** Bytes of a signed transaction never change, so neither do its signers. */
  const signersOf = new Map<string, readonly Address[]>();

  function outcomeOf({ signed, end }: JournaledTransaction): Outcome | undefined {
    return end?.outcome ?? (sending.isDoubtful(signed.id) ? { kind: 'unknown' } : undefined);
  }

  function signersIn(signed: SignedEntry): readonly Address[] {
    const found = signersOf.get(signed.id) ?? readSigners(signed);
    signersOf.set(signed.id, found);
    return found;
  }

  function rowOf(transaction: JournaledTransaction): TransactionRow {
    const { signed, annotation } = transaction;
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
      signers: [...signersIn(signed)],
      label: annotation?.label ?? '',
      note: annotation?.note ?? '',
      ...(outcome === undefined ? {} : { outcome: inBrief(outcome) }),
    };
  }

  return {
    list: () => book.all().map(rowOf).toReversed(),

    /** @throws AppError `journal/unknown-transaction` */
    read(id: string): TransactionView {
      const transaction = book.find(id);
      const { planId, wire, programs, overrides } = transaction.signed;
      const { messageBytes, signatures } = decodeTransaction(wire);
      const context = { own: signers.own(), labels: signers.labels(), ...(programs ? { programs } : {}) };
      const review = summarize(messageBytes, context);
      const { outcome: _brief, ...row } = rowOf(transaction);
      const outcome = outcomeOf(transaction);
      const flight = sending.flightOf(id);
      return {
        ...row,
        ...(outcome === undefined ? {} : { outcome }),
        ...(outcome?.kind === 'failed' ? { failure: failureOf(outcome, review, programs, row.runId) } : {}),
        timeline: timelineOf(transaction),
        review,
        planId,
        slots: row.signers.map((address, index) => ({ address, isSigned: isGiven(signatures[index]) })),
        overrides: [...overrides],
        ...(flight ? { flight } : {}),
        wireBase64: base64.encode(wire),
      };
    },

    /** What its cluster keeps of it. @throws AppError `journal/unknown-transaction`, `rpc/…` */
    async landed(id: string): Promise<LandedDetails> {
      const { signed, end } = book.find(id);
      if (end?.outcome.kind !== 'confirmed' && end?.outcome.kind !== 'failed') return unavailable('not-landed');
      const node = nodeOf(signed.genesisHash);
      if (!node) return unavailable('other-network');
      const { staticKeys } = decodeTransaction(signed.wire).message;
      const landed = await node.readLanded(signed.signature, staticKeys);
      if (!landed) return unavailable('not-kept');
      const tokens = landed.tokens.map(({ owner, ...token }) => ({
        ...token,
        ...(owner === undefined ? {} : { owner }),
      }));
      return { kind: 'landed', logs: [...landed.logs], balances: [...landed.balances], tokens };
    },

    /** Keeps the operator's words in the journal. @throws AppError `journal/…` */
    async annotate(id: string, { label, note }: { label: string; note: string }): Promise<void> {
      const words = { label: cleanLabel(label), note: cleanNote(note) };
      const { annotation } = book.find(id);
      // Nothing new is not worth a record.
      if (words.label === (annotation?.label ?? '') && words.note === (annotation?.note ?? '')) return;
      await book.writeNote(id, words);
    },
  };
}

function unavailable(reason: Extract<LandedDetails, { kind: 'unavailable' }>['reason']): LandedDetails {
  return { kind: 'unavailable', reason };
}

/** A signature not yet given is 64 zero bytes. */
function isGiven(signature: Uint8Array | undefined): boolean {
  return signature?.some((byte) => byte !== 0) ?? false;
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
