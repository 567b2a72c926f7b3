import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';
import { Failure } from './failure.ts';
import { BriefOutcome, Outcome } from './outcome.ts';
import { Review } from './review.ts';

/** Whose signature a transaction needs, and whether it is there. */
const SignatureSlot = z.strictObject({ address: AddressText, isSigned: z.boolean() });

/** What is known of a transaction that may still land. */
export const Flight = z.strictObject({
  /** Whether the app is connected to its cluster now. */
  isConnected: z.boolean(),
  /** When the cluster last answered about it, milliseconds since 1970; absent when it has not, since the app started. */
  lookedAt: z.number().optional(),
  /** How often the same bytes were sent since the app started. */
  sends: z.number().int(),
  /** Newest finalized block height, at that look. */
  finalizedHeight: U64.optional(),
  /** The last block height at which its blockhash is taken; absent under a nonce. */
  lastValidBlockHeight: U64.optional(),
  /** Under a nonce: the account's value on the finalized chain is still the one it was built on. */
  isNonceCurrent: z.boolean().optional(),
});

export type Flight = z.output<typeof Flight>;

/** What the cluster keeps of a transaction that landed, while it keeps it. */
export const LandedDetails = z.discriminatedUnion('kind', [
  /** The app is not connected to its cluster, or the node no longer has it. */
  z.strictObject({ kind: z.literal('unavailable'), reason: z.enum(['other-network', 'not-kept', 'not-landed']) }),
  z.strictObject({
    kind: z.literal('landed'),
    logs: z.array(z.string()),
    /** Lamports before and after, of every account that changed. */
    balances: z.array(z.strictObject({ address: AddressText, before: U64, after: U64 })),
    /** Native token units before and after, of every token account that changed. */
    tokens: z.array(
      z.strictObject({
        account: AddressText,
        owner: AddressText.optional(),
        mint: AddressText,
        decimals: z.number().int(),
        before: U64,
        after: U64,
      }),
    ),
  }),
]);

export type LandedDetails = z.output<typeof LandedDetails>;

/** A moment in a transaction's life. */
export const TimelineEntry = z.strictObject({
  state: z.enum(['reviewed', 'approved', 'signed', 'exported', 'completed', 'sent', 'ended']),
  /** Milliseconds since 1970. */
  at: z.number(),
  note: z.string(),
});

export type TimelineEntry = z.output<typeof TimelineEntry>;

/** One line of the Transactions screen. */
export const TransactionRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  runId: z.string().optional(),
  signature: z.string(),
  messageHash: z.string(),
  genesisHash: z.string(),
  networkName: z.string(),
  feePayer: AddressText,
  feeLamports: U64,
  startedAt: z.number(),
  /** Everybody whose signature it needs, fee payer first. */
  signers: z.array(AddressText),
  /** Those of them who have not signed yet: until they have, nothing is sent. */
  missing: z.array(AddressText),
  /** The nonce account it lives by, and the value that it uses up; absent for one that lives by a recent blockhash. */
  nonce: z.strictObject({ account: AddressText, value: z.string() }).optional(),
  /** The operator's own words about it; empty: none. */
  label: z.string(),
  note: z.string(),
  /** Absent while it may still land. */
  outcome: BriefOutcome.optional(),
});

export type TransactionRow = z.output<typeof TransactionRow>;

/** A transaction in full: its timeline and the review made from its bytes. */
export const TransactionView = TransactionRow.extend({
  outcome: Outcome.optional(),
  /** Why it failed and what to do, when it did. */
  failure: Failure.optional(),
  timeline: z.array(TimelineEntry),
  review: Review,
  planId: z.string(),
  slots: z.array(SignatureSlot),
  /** Failed checks and flags that the operator overrode, in words. */
  overrides: z.array(z.string()),
  /** Absent once it has ended. */
  flight: Flight.optional(),
  /** Absent while a signature is missing: what leaves the app then is noted in the journal. */
  wireBase64: z.string().optional(),
});

export type TransactionView = z.output<typeof TransactionView>;
