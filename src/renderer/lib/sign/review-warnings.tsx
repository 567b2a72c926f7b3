import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { LIFETIME_WORDS } from '#renderer/lib/lifetime-words.ts';
import { Notice } from '#renderer/ui/notice.tsx';

/** What is said above a review about its time: whether it is a new one, has lapsed, or leaves others too little. */
export function ReviewWarnings({
  step,
  isRenewed,
  hasLapsed,
  isIncomplete,
}: {
  step: ReviewedStep;
  isRenewed: boolean;
  hasLapsed: boolean;
  /** Somebody signs later, or elsewhere. */
  isIncomplete: boolean;
}) {
  const isShort = step.review.lifetime.kind === 'blockhash';
  return (
    <>
      {isRenewed && (
        <Notice tone="info" title="This is a new review: the one before was about to expire">
          The message hash is new. What it does is decoded again below.
        </Notice>
      )}
      {hasLapsed && step.origin !== 'plan' && (
        <Notice tone="bad" title="Its blockhash has lapsed: it can no longer land">
          These bytes cannot be renewed here, because a signature covers every one of them. Ask whoever made it for a
          new one; one that lives by {LIFETIME_WORDS.nonce.name} leaves time to sign.
        </Notice>
      )}
      {isShort && isIncomplete && !hasLapsed && (
        <Notice tone="warn" title="Half a minute is hardly enough for signatures that come later">
          {step.origin === 'plan'
            ? `It lives by ${LIFETIME_WORDS.blockhash.name}. Go back and let it live by ${LIFETIME_WORDS.nonce.name}: then there is no hurry.`
            : `It lives by ${LIFETIME_WORDS.blockhash.name}, and whoever still signs has only what is left of it.`}
        </Notice>
      )}
    </>
  );
}
