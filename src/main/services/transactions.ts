import { isAppError } from '#core/errors/app-error.ts';
import { cleanLabel, cleanNote } from '#core/journal/annotation.ts';
import type { JournaledTransaction, SignedEntry } from '#core/journal/entry.ts';
import { type SignatureSlot, signatureSlots } from '#core/journal/wire-signatures.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import { readLifetime } from '#core/solana/nonce.ts';
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
  readonly sending: Pick<Sending, 'isDoubtful' | 'flightOf'>;
  readonly signers: Pick<SignerBook, 'own' | 'labels'>;
  /** The cluster with this genesis hash, while the app is connected to it. */
  readonly nodeOf: (genesisHash: string) => Pick<ChainNode, 'readLanded'> | undefined;
};

export type Transactions = ReturnType<typeof createTransactions>;

/** One record that cannot be read must not hide the others. */
function readSlots({ wire, feePayer }: SignedEntry): readonly SignatureSlot[] {
  try {
    return signatureSlots(wire);
  } catch (cause) {
    if (isAppError(cause)) return [{ address: feePayer, signature: undefined }];
    throw cause;
  }
}

/** As `readSlots`: one record that cannot be read must not hide the others. */
function readNonceOf(wire: Uint8Array): TransactionRow['nonce'] {
  try {
    const lifetime = readLifetime(decodeTransaction(wire).message);
    return lifetime.kind === 'nonce' ? { account: lifetime.nonceAccount, value: lifetime.nonce } : undefined;
  } catch (cause) {
    if (isAppError(cause)) return undefined;
    throw cause;
  }
}

/** The journal as the Transactions screen shows it, newest first. */
export function createTransactions({ book, sending, signers, nodeOf }: Deps) {
  /** What each lives by, when that is a nonce: its message never changes. */
  const noncesOf = new Map<string, TransactionRow['nonce']>();
  /** By the bytes they were read from: signatures may come to them. */
  const slotsOf = new Map<string, { wire: Uint8Array; slots: readonly SignatureSlot[] }>();

  function outcomeOf({ signed, end }: JournaledTransaction): Outcome | undefined {
    return end?.outcome ?? (sending.isDoubtful(signed.id) ? { kind: 'unknown' } : undefined);
  }

  function slotsIn(signed: SignedEntry): readonly SignatureSlot[] {
    const { id, wire } = signed;
    const known = slotsOf.get(id);
    if (known?.wire === wire) return known.slots;
    const slots = readSlots(signed);
    slotsOf.set(id, { wire, slots });
    return slots;
  }

  /** Only those without a last block height can live by a nonce: of the others not even the bytes are read. */
  function nonceIn({ id, wire, lastValidBlockHeight }: SignedEntry): TransactionRow['nonce'] {
    if (lastValidBlockHeight !== undefined) return undefined;
    if (!noncesOf.has(id)) noncesOf.set(id, readNonceOf(wire));
    return noncesOf.get(id);
  }

  function rowOf(transaction: JournaledTransaction): TransactionRow {
    const { signed, annotation } = transaction;
    const { id, title, runId, signature, messageHash, genesisHash, networkName, feePayer, feeLamports } = signed;
    const outcome = outcomeOf(transaction);
    const slots = slotsIn(signed);
    const nonce = nonceIn(signed);
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
      signers: slots.map(({ address }) => address),
      missing: slots.flatMap(({ address, signature }) => (signature ? [] : [address])),
      ...(nonce === undefined ? {} : { nonce }),
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
      const { messageBytes } = decodeTransaction(wire);
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
        slots: row.signers.map((address) => ({ address, isSigned: !row.missing.includes(address) })),
        overrides: [...overrides],
        ...(flight ? { flight } : {}),
        ...(row.missing.length === 0 ? { wireBase64: base64.encode(wire) } : {}),
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

function timelineOf({ signed, completions = [], exportedAt, sentAt, end }: JournaledTransaction): TimelineEntry[] {
  const overridden = signed.overrides.length === 0 ? '' : `Overridden: ${signed.overrides.join('; ')}`;
  const before: TimelineEntry[] = [
    { state: 'reviewed', at: signed.reviewedAt, note: '' },
    { state: 'approved', at: signed.approvedAt, note: overridden },
    { state: 'signed', at: signed.at, note: 'Written to the journal' },
    ...(exportedAt === undefined ? [] : [{ state: 'exported' as const, at: exportedAt, note: '' }]),
    ...completions.map(({ at, signers }) => ({ state: 'completed' as const, at, note: signers.join(', ') })),
  ];
  const entries = before.toSorted((one, other) => one.at - other.at);
  if (sentAt !== undefined) entries.push({ state: 'sent', at: sentAt, note: '' });
  if (end) entries.push({ state: 'ended', at: end.at, note: '' });
  return entries;
}
