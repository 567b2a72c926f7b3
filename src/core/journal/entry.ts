import { z } from 'zod';
import { ProgramIds } from '#core/networks/profile.ts';
import { Outcome } from '#core/transactions/outcome.ts';
import type { Address } from '#core/solana/address.ts';
import { AddressText, Bytes, U64 } from '#core/units/wire.ts';
import { LABEL_MAX, NOTE_MAX } from './annotation.ts';

const Id = z.string().max(64);
/** Milliseconds since 1970. */
const Moment = z.number();

/**
 * A transaction with the signatures it has so far, written before any byte of it leaves the app. A signature that is still
 * missing is 64 zero bytes.
 */
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
  /** The fee payer's signature, by which a cluster knows it; empty while that is missing. */
  signature: z.string(),
  messageHash: z.string(),
  feePayer: AddressText,
  feeLamports: U64,
  /** Absent for one that lives by a nonce: its bytes name it. */
  lastValidBlockHeight: U64.optional(),
  /** Under a nonce: slot in which the account held its value. */
  nonceSeenInSlot: U64.optional(),
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
  /** Signatures came to it, made here or elsewhere: the same message, and all it had before. */
  z.strictObject({ event: z.literal('signatures'), id: Id, at: Moment, wire: Bytes, signature: z.string() }),
  /** Its bytes were handed out as a file or as text: others may complete and send them. */
  z.strictObject({ event: z.literal('exported'), id: Id, at: Moment }),
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
  /** With the newest `wire` and `signature`. */
  readonly signed: SignedEntry;
  /** When signatures came to it later, oldest first. */
  readonly completions?: readonly { readonly at: number; readonly signers: readonly Address[] }[];
  readonly exportedAt?: number;
  readonly sentAt?: number;
  readonly end?: { readonly at: number; readonly outcome: Outcome };
  /** The operator's own words about it. */
  readonly annotation?: { readonly at: number; readonly label: string; readonly note: string };
};
