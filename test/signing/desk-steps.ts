import type { OperationRequest } from '#core/operations/request.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { type createSigningDesk, PEOPLE } from './signing-desk.ts';

type Desk = ReturnType<typeof createSigningDesk>;

/** The review of the first transaction of a request. */
export async function reviewed(desk: Desk, request: OperationRequest): Promise<ReviewedStep> {
  const kept = await desk.reviews.reviewNext(await desk.plans.begin(request));
  if (!kept) throw new Error('there is nothing to do');
  return kept.shown;
}

/** The review of what is left of a transaction of two, of whom one has signed. */
export async function reviewedRest(desk: Desk, request: OperationRequest): Promise<ReviewedStep> {
  const shown = await reviewed(desk, request);
  const { transactionId } = await desk.approvals.approve({ ...yesTo(shown), absent: [PEOPLE.holder.address] });
  return desk.handed.signRest(transactionId);
}

/** The yes to a review as it is shown, with the phrase it asks for. */
export function yesTo({ reviewId, review: { messageHash }, typedPhrase }: ReviewedStep) {
  return { reviewId, messageHash, typed: typedPhrase };
}
