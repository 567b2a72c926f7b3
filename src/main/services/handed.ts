import { base64 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';
import { missingSigners, signatureSlots } from '#core/journal/wire-signatures.ts';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import { formatHash, messageHashOf } from '#core/solana/message-hash.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { HANDED_MAX_CHARACTERS, type HandedTransaction } from '#core/transactions/handed-transaction.ts';
import { type HandedBytes, readHanded } from '#core/transactions/read-handed.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { Dialogs, TextFiles } from '#main/ports.ts';
import type { FoundBytes } from './bytes-reviews.ts';
import type { JournalBook } from './journal-book.ts';
import type { KeptReview } from './kept-review.ts';
import type { Sending } from './sending.ts';

type Deps = {
  readonly book: JournalBook;
  readonly bytesReviews: { review(found: FoundBytes): Promise<Pick<KeptReview, 'shown'>> };
  readonly sending: Pick<Sending, 'nudge'>;
  readonly dialogs: Pick<Dialogs, 'chooseFile'>;
  readonly files: Pick<TextFiles, 'read'>;
};

export type Handed = ReturnType<typeof createHanded>;

/** Transactions that go from hand to hand: signatures that come back, bytes of others, and what is handed out. */
export function createHanded({ book, bytesReviews, sending, dialogs, files }: Deps) {
  /** In flight before ended: the same message can hardly be signed twice, but what can still be helped comes first. */
  function journaledAs(message: Uint8Array): JournaledTransaction | undefined {
    const hash = messageHashOf(message);
    const same = book.all().filter(({ signed }) => signed.messageHash === hash);
    return same.find(({ end }) => !end) ?? same.at(-1);
  }

  /** What the bytes bring to a transaction of the journal. */
  function meet({ signed }: JournaledTransaction, { signatures }: HandedBytes) {
    const before = signatureSlots(signed.wire);
    const merged = before.map(
      ({ signature }, index) => signature ?? signatures[index] ?? new Uint8Array(SIGNATURE_BYTES),
    );
    const adds = before.flatMap(({ address, signature }, index) => (!signature && signatures[index] ? [address] : []));
    const wire = encodeTransaction(merged, decodeTransaction(signed.wire).messageBytes);
    return { adds, wire, missing: missingSigners(wire) };
  }

  return {
    /**
     * What base64 of a transaction is: signatures for one of the journal, or somebody else's, with its review.
     *
     * @throws AppError `handed/…`, `message/…`, `transaction/…`, `network/offline`, `rpc/…`
     */
    async look(text: string): Promise<HandedTransaction> {
      const handed = readHanded(text);
      const known = journaledAs(handed.message);
      if (!known) {
        const { shown } = await bytesReviews.review({ ...handed, given: handed.signatures, journaled: undefined });
        return { kind: 'foreign', step: shown };
      }
      const { adds, missing } = meet(known, handed);
      const { id, title } = known.signed;
      return { kind: 'known', id, title, adds, missing: [...missing], isEnded: known.end !== undefined };
    },

    /** Asks for a file; what is in it is looked at like pasted text. @throws AppError `storage/…` */
    async open() {
      const filters = [{ name: 'Transaction', extensions: ['txt', 'base64', 'b64'] }];
      const path = await dialogs.chooseFile({ title: 'Open a transaction', button: 'Open', filters });
      if (path === undefined) return { kind: 'cancelled' } as const;
      const text = await files.read(path, HANDED_MAX_CHARACTERS);
      return { kind: 'opened', fileName: path.replace(/^.*[\\/]/s, ''), text } as const;
    },

    /**
     * Adds the signatures that are missing here, each verified against the bytes that were signed. Complete, it is sent.
     *
     * @throws AppError `handed/…`, `journal/…`, `message/…`
     */
    async addSignatures(id: string, text: string): Promise<void> {
      const transaction = book.find(id);
      const handed = readHanded(text);
      const hash = messageHashOf(handed.message);
      const { messageHash } = transaction.signed;
      if (hash !== messageHash) {
        throw new AppError('handed/other-message', { hash: formatHash(hash), expected: formatHash(messageHash) });
      }
      if (transaction.end) throw new AppError('handed/ended', {});
      const { adds, wire } = meet(transaction, handed);
      if (adds.length === 0) throw new AppError('handed/brings-nothing', {});
      await book.writeSignatures(id, wire);
      sending.nudge(id);
    },

    /**
     * A review of a partly signed transaction, to sign what is missing with keys on this machine.
     *
     * @throws AppError `handed/…`, `journal/unknown-transaction`, `network/…`, `rpc/…`
     */
    async signRest(id: string): Promise<ReviewedStep> {
      const { signed, end } = book.find(id);
      if (end) throw new AppError('handed/ended', {});
      const given = signatureSlots(signed.wire).map(({ signature }) => signature);
      const { title, runId, subject } = signed;
      const { messageBytes } = decodeTransaction(signed.wire);
      const review = await bytesReviews.review({
        message: messageBytes,
        given,
        journaled: { id, title, runId, subject },
      });
      return review.shown;
    },

    /** Sends what is complete once more, now. @throws AppError `handed/still-missing`, `handed/ended`, `journal/unknown-transaction` */
    resend(id: string): void {
      const { signed, end } = book.find(id);
      if (end) throw new AppError('handed/ended', {});
      const { length } = missingSigners(signed.wire);
      if (length > 0) throw new AppError('handed/still-missing', { count: length });
      sending.nudge(id);
    },

    /** Base64 for somebody else. What may still be completed or sent elsewhere is noted as handed out. @throws AppError `journal/…` */
    async exportText(id: string): Promise<string> {
      const transaction = book.find(id);
      const { signed, exportedAt, sentAt, end } = transaction;
      if (exportedAt === undefined && sentAt === undefined && !end) await book.writeExported(id);
      return base64.encode(signed.wire);
    },
  };
}
