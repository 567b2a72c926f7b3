import type { ProgramIds } from '#core/networks/profile.ts';
import type { Address } from '#core/solana/address.ts';
import type { Fees } from '#core/transactions/fees.ts';
import type { KeptLifetime } from '#core/transactions/lifetime.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { Plan } from './plans.ts';

/** Where reviewed bytes come from. */
export type ReviewSource =
  | {
      /** Built here, and built again from the chain right before signing. */
      readonly kind: 'plan';
      readonly plan: Plan;
      /** In the bytes, where they fit: the same transaction made again carries the same. */
      readonly fees: Fees | undefined;
    }
  /** They were there before: in the journal, or handed in from elsewhere. Nothing about them can change. */
  | { readonly kind: 'bytes'; readonly transactionId: string | undefined };

/** A review as main keeps it: the bytes, and what they were made from. */
export type KeptReview = {
  readonly shown: ReviewedStep;
  readonly source: ReviewSource;
  readonly message: Uint8Array;
  /** Signatures that are there already, in the order of the signers. */
  readonly given: readonly (Uint8Array | undefined)[];
  readonly lifetime: KeptLifetime;
  readonly subject: string;
  readonly runId: string | undefined;
  readonly freshAccount: Address | undefined;
  readonly reviewedAt: number;
  /** What is signed against: failed checks, flags and a failing simulation, in words. */
  readonly objections: readonly string[];
  /** The deployment it was read by. */
  readonly programs: ProgramIds;
};

export type ReviewShelf = ReturnType<typeof createReviewShelf>;

/** The reviews that can still be approved: one for each plan, and one for each message that came as bytes. */
export function createReviewShelf() {
  const kept = new Map<string, KeptReview>();

  const owner = ({ source, shown }: KeptReview) =>
    source.kind === 'plan' ? `plan ${source.plan.id}` : `bytes ${shown.review.messageHash}`;

  return {
    /** An older one of the same plan or message can no longer be approved. */
    keep(review: KeptReview): KeptReview {
      for (const [id, other] of kept) if (owner(other) === owner(review)) kept.delete(id);
      kept.set(review.shown.reviewId, review);
      return review;
    },

    find: (reviewId: string) => kept.get(reviewId),

    /** Nonce accounts that reviews of plans were built on, but for those of one. Bytes from elsewhere reserve nothing. */
    nonceAccounts: (butPlan: string | undefined): Address[] =>
      [...kept.values()].flatMap(({ source, lifetime }) => {
        const isOther = source.kind === 'plan' && source.plan.id !== butPlan;
        return lifetime.kind === 'nonce' && isOther ? [lifetime.account] : [];
      }),

    /** The page they were shown in is gone. */
    clear: () => kept.clear(),

    /** It was approved. */
    drop(review: KeptReview): void {
      kept.delete(review.shown.reviewId);
    },

    /** Its plan was given up. */
    dropPlan(planId: string): void {
      for (const [id, { source }] of kept) if (source.kind === 'plan' && source.plan.id === planId) kept.delete(id);
    },
  };
}
