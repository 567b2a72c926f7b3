import { defineErrors } from './define-errors.ts';

const REVIEW_AGAIN = 'Nothing was signed. Review the transaction again and approve it';

type ForReview = { reviewId: string };

export const approvalErrors = defineErrors({
  'approval/none': (_: ForReview) => ({
    happened: 'There is no approval for this review, or it was used already',
    remedy: REVIEW_AGAIN,
  }),
  'approval/not-reviewed': (_: ForReview) => ({
    happened: 'The approval was given for another review',
    remedy: REVIEW_AGAIN,
  }),
  'approval/other-bytes': (_: ForReview) => ({
    happened: 'The transaction changed after it was approved',
    remedy: REVIEW_AGAIN,
  }),
  'approval/other-network': (_: ForReview) => ({
    happened: 'The network changed after the transaction was approved',
    remedy: REVIEW_AGAIN,
  }),
  'approval/other-window': (_: ForReview) => ({
    happened: 'The approval was given in another window',
    remedy: REVIEW_AGAIN,
  }),
  'approval/other-signers': (_: ForReview) => ({
    happened: 'The approval was given for other signers',
    remedy: REVIEW_AGAIN,
  }),
  'approval/expired': ({ seconds }: { seconds: number }) => ({
    happened: `The approval is older than ${seconds} seconds`,
    remedy: REVIEW_AGAIN,
  }),
});
