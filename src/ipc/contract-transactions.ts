import { z } from 'zod';
import { LABEL_MAX, NOTE_MAX } from '#core/journal/annotation.ts';
import { HANDED_MAX_CHARACTERS, HandedTransaction } from '#core/transactions/handed-transaction.ts';
import { LandedDetails, TransactionRow, TransactionView } from '#core/transactions/journal-view.ts';
import { ReviewedStep } from '#core/transactions/review-request.ts';
import { HANDED, OFTEN, RARELY, SMALL } from './contract-limits.ts';
import { Cancelled, Id, Nothing, Saved } from './contract-parts.ts';

const HandedText = z.string().max(HANDED_MAX_CHARACTERS);

/** The channels about transactions: the journal, what goes from hand to hand, and files for elsewhere. */
export const transactionsContract = {
  list: { input: Nothing, output: z.array(TransactionRow), maxBytes: SMALL, perMinute: OFTEN },
  read: { input: Id, output: TransactionView, maxBytes: SMALL, perMinute: OFTEN },
  /** What the cluster keeps of it: logs, and balances before and after. */
  landed: { input: Id, output: LandedDetails, maxBytes: SMALL, perMinute: OFTEN },
  /** The operator's words about it, kept in the journal. Two empty texts take them away. */
  annotate: {
    input: Id.extend({ label: z.string().max(LABEL_MAX), note: z.string().max(NOTE_MAX) }),
    output: Nothing,
    maxBytes: SMALL,
    perMinute: RARELY,
  },
  /** What pasted or opened base64 is: signatures for a transaction of the journal, or somebody else's to review. */
  look: {
    input: z.strictObject({ text: HandedText }),
    output: HandedTransaction,
    maxBytes: HANDED,
    perMinute: OFTEN,
  },
  /** A file with a transaction in base64; what it holds is looked at like pasted text. */
  openHanded: {
    input: Nothing,
    output: z.discriminatedUnion('kind', [
      Cancelled,
      z.strictObject({ kind: z.literal('opened'), fileName: z.string(), text: HandedText }),
    ]),
    maxBytes: SMALL,
    perMinute: RARELY,
  },
  /** Adds the signatures of such bytes to this transaction. It is sent once it has all of them. */
  addSignatures: {
    input: Id.extend({ text: HandedText }),
    output: Nothing,
    maxBytes: HANDED,
    perMinute: RARELY,
  },
  /** A review of a partly signed transaction, for those missing signatures whose keys are here. */
  signRest: { input: Id, output: ReviewedStep, maxBytes: SMALL, perMinute: RARELY },
  /** Sends the same bytes once more, now. */
  resend: { input: Id, output: Nothing, maxBytes: SMALL, perMinute: RARELY },
  /** The transaction in base64 for others; the journal notes that it left the app. */
  exportText: { input: Id, output: z.strictObject({ text: z.string() }), maxBytes: SMALL, perMinute: RARELY },
  /** The same as a text file. */
  saveWire: { input: Id, output: Saved, maxBytes: SMALL, perMinute: RARELY },
  /** The whole journal as JSON. */
  saveJournal: {
    input: Nothing,
    output: z.discriminatedUnion('kind', [
      Cancelled,
      z.strictObject({ kind: z.literal('saved'), fileName: z.string(), records: z.number().int() }),
    ]),
    maxBytes: SMALL,
    perMinute: RARELY,
  },
  /** Every movement of money as CSV. `open`: transactions that may still land and are left out. */
  saveBooks: {
    input: Nothing,
    output: z.discriminatedUnion('kind', [
      Cancelled,
      z.strictObject({
        kind: z.literal('saved'),
        fileName: z.string(),
        movements: z.number().int(),
        open: z.number().int(),
      }),
    ]),
    maxBytes: SMALL,
    perMinute: RARELY,
  },
  changed: { payload: Id },
} as const;
