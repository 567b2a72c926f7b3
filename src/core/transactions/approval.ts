import { AppError } from '#core/errors/app-error.ts';
import type { Address } from '#core/solana/address.ts';

/** How long an approval may be used, milliseconds on the monotonic clock. Source: security bar §3.8. */
export const APPROVAL_LIFETIME_MS = 120_000;

/** What exactly a person approved. Every part must still be true when the signature is made. */
export type ApprovalTerms = {
  readonly reviewId: string;
  /** Base58 of SHA-256 of the message bytes. */
  readonly messageHash: string;
  /** Who signs under this approval, in message order. */
  readonly signers: readonly Address[];
  readonly genesisHash: string;
  /** The window it was given in. */
  readonly windowId: number;
};

/** A person's yes. */
export type Approval = ApprovalTerms & {
  /** 32 random bytes as text, known to nobody but the one who may redeem it. */
  readonly token: string;
  /** Monotonic milliseconds from which on it is worth nothing. */
  readonly expiresAtMs: number;
};

/** The place of the one approval that may be alive. */
export type ApprovalDesk = { readonly alive: Approval | undefined };

/** What became of an attempt to use an approval. The desk is empty afterwards either way. */
export type Redemption = { readonly desk: ApprovalDesk } & (
  | { readonly kind: 'granted'; readonly approval: Approval }
  | { readonly kind: 'refused'; readonly error: AppError }
);

/** A desk without an approval: at start, after a change of review, network or window. */
export const EMPTY_DESK: ApprovalDesk = { alive: undefined };

/**
 * Puts an approval on the desk; one that lay there dies.
 *
 * @param token - 32 fresh random bytes as text
 * @param nowMs - monotonic milliseconds
 */
export function grantApproval(terms: ApprovalTerms, token: string, nowMs: number): ApprovalDesk {
  return { alive: { ...terms, token, expiresAtMs: nowMs + APPROVAL_LIFETIME_MS } };
}

/**
 * Uses the approval up, before anything is signed. Any attempt uses it up, so that a wrong one cannot be corrected into a right
 * one.
 *
 * @param nowMs - monotonic milliseconds
 */
export function redeemApproval(
  { alive }: ApprovalDesk,
  token: string,
  terms: ApprovalTerms,
  nowMs: number,
): Redemption {
  if (alive === undefined || alive.token !== token) {
    return { desk: EMPTY_DESK, kind: 'refused', error: new AppError('approval/none', { reviewId: terms.reviewId }) };
  }
  const error = differenceOf(alive, terms, nowMs);
  if (error !== undefined) return { desk: EMPTY_DESK, kind: 'refused', error };
  return { desk: EMPTY_DESK, kind: 'granted', approval: alive };
}

function differenceOf(alive: Approval, terms: ApprovalTerms, nowMs: number): AppError | undefined {
  const { reviewId } = terms;
  if (alive.reviewId !== reviewId) return new AppError('approval/not-reviewed', { reviewId });
  if (alive.messageHash !== terms.messageHash) return new AppError('approval/other-bytes', { reviewId });
  if (alive.genesisHash !== terms.genesisHash) return new AppError('approval/other-network', { reviewId });
  if (alive.windowId !== terms.windowId) return new AppError('approval/other-window', { reviewId });
  if (!sameSigners(alive.signers, terms.signers)) return new AppError('approval/other-signers', { reviewId });
  if (nowMs >= alive.expiresAtMs) {
    return new AppError('approval/expired', { seconds: APPROVAL_LIFETIME_MS / 1000 });
  }
  return undefined;
}

function sameSigners(a: readonly Address[], b: readonly Address[]): boolean {
  return a.length === b.length && a.every((signer, index) => signer === b[index]);
}
