import { z } from 'zod';
import { ProgramIds } from '#core/networks/profile.ts';
import { Outcome } from '#core/transactions/outcome.ts';
import { AddressText, Bytes, U64 } from '#core/units/wire.ts';
import { LABEL_MAX, NOTE_MAX } from './annotation.ts';

const Id = z.string().max(64);
/** Milliseconds since 1970. */
const Moment = z.number();

/** A transaction with all its signatures, written before any byte of it leaves the app. */
export const SignedEntry = z.strictObject({
  event: z.literal('signed'),
  id: Id,
  planId: Id,
  title: z.string(),
  runId: z.string().optional(),
  /** What it is about, for finding a pending one: two transactions of one subject never fly together. */
  subject: z.string(),
  /** Key made for an account this transaction creates; its file goes when the transaction has ended. */
  freshAccount: AddressText.optional(),
  genesisHash: z.string(),
  networkName: z.string(),
  /** The deployment it was reviewed for, to read its instructions and errors by. Absent in the oldest entries. */
  programs: ProgramIds.optional(),
  wire: Bytes,
  signature: z.string(),
  messageHash: z.string(),
  feePayer: AddressText,
  feeLamports: U64,
  lastValidBlockHeight: U64,
  reviewedAt: Moment,
  approvedAt: Moment,
  at: Moment,
  /** Failed checks and flags that the operator overrode by typing a phrase, in words. */
  overrides: z.array(z.string()),
});

export type SignedEntry = z.output<typeof SignedEntry>;

/** One record of the journal: a change of a transaction's state. */
export const JournalEntry = z.discriminatedUnion('event', [
  SignedEntry,
  /** A node took the bytes for the first time. */
  z.strictObject({ event: z.literal('sent'), id: Id, at: Moment }),
  z.strictObject({ event: z.literal('ended'), id: Id, at: Moment, outcome: Outcome }),
  /** What the operator wrote about it. The last one counts; two empty texts take it away. */
  z.strictObject({
    event: z.literal('noted'),
    id: Id,
    at: Moment,
    label: z.string().max(LABEL_MAX),
    note: z.string().max(NOTE_MAX),
  }),
]);

export type JournalEntry = z.output<typeof JournalEntry>;

/** A transaction as the journal tells it. Without `end` it may still land. */
export type JournaledTransaction = {
  readonly signed: SignedEntry;
  readonly sentAt?: number;
  readonly end?: { readonly at: number; readonly outcome: Outcome };
  /** The operator's own words about it. */
  readonly annotation?: { readonly at: number; readonly label: string; readonly note: string };
};
