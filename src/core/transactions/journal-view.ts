import { z } from 'zod';
import { AddressText, U64 } from '#core/units/wire.ts';
import { Failure } from './failure.ts';
import { BriefOutcome, Outcome } from './outcome.ts';
import { Review } from './review.ts';

/** A moment in a transaction's life. */
export const TimelineEntry = z.strictObject({
  state: z.enum(['reviewed', 'approved', 'signed', 'sent', 'ended']),
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
  wireBase64: z.string(),
});

export type TransactionView = z.output<typeof TransactionView>;
