import type { SignatureStatus } from '#core/ports.ts';

/** How often the same bytes are sent again while they may land, milliseconds. Source: security bar §4.5. */
export const RESEND_INTERVAL_MS = 2000;

/** Finalized blocks beyond the last valid height before a transaction counts as dead. Source: security bar §4.5. */
const EXPIRY_MARGIN_BLOCKS = 32n;

/**
 * What one endpoint answered about the signature: a status, that it does not know it, that it cannot know because it keeps no
 * history, or nothing at all.
 */
export type EndpointAnswer = SignatureStatus | 'not-known' | 'cannot-tell' | 'no-answer';

/** Everything the decision about a sent transaction hangs on. */
export type SendingFacts = {
  readonly lifetime:
    | { readonly kind: 'blockhash'; readonly lastValidBlockHeight: bigint }
    /** `storedNonce`: the nonce account's value at finalized commitment, or that the account is gone; absent when not read. */
    | { readonly kind: 'nonce'; readonly nonce: string; readonly storedNonce: string | 'closed' | undefined };
  /** One answer per endpoint, with history search, asked after the height or nonce was read. */
  readonly answers: readonly EndpointAnswer[];
  /** Absent when no endpoint told. */
  readonly finalizedHeight: bigint | undefined;
  /** Monotonic milliseconds. */
  readonly lastSentAtMs: number;
  readonly nowMs: number;
};

/** What to do next about a sent transaction. `watch`: it can hardly land any more, but nothing proves it. */
export type SendingStep =
  | { readonly kind: 'landed'; readonly slot: bigint; readonly error: unknown }
  | { readonly kind: 'expired' }
  | { readonly kind: 'nonce-used' }
  | { readonly kind: 'resend' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'watch' };

/**
 * Decides from facts alone. A transaction is dead only when it provably cannot land: its blockhash is long out of date on the
 * finalized chain, or its nonce has moved, and every endpoint says it does not know the signature. One that is silent may be the
 * one that knows it; one that cannot tell decides nothing.
 */
export function nextSendingStep(facts: SendingFacts): SendingStep {
  const landed = landedStatus(facts.answers);
  if (landed !== undefined) return { kind: 'landed', slot: landed.slot, error: landed.err };
  const words = facts.answers.filter((answer) => answer !== 'cannot-tell');
  const isUnknownEverywhere = words.length > 0 && words.every((answer) => answer === 'not-known');
  const { lifetime, finalizedHeight } = facts;
  if (lifetime.kind === 'nonce') {
    const hasMoved = lifetime.storedNonce !== undefined && lifetime.storedNonce !== lifetime.nonce;
    if (hasMoved) return { kind: isUnknownEverywhere ? 'nonce-used' : 'watch' };
    return { kind: isResendDue(facts) ? 'resend' : 'wait' };
  }
  if (finalizedHeight !== undefined && finalizedHeight > lifetime.lastValidBlockHeight) {
    const isPastMargin = finalizedHeight > lifetime.lastValidBlockHeight + EXPIRY_MARGIN_BLOCKS;
    return { kind: isPastMargin && isUnknownEverywhere ? 'expired' : 'watch' };
  }
  return { kind: isResendDue(facts) ? 'resend' : 'wait' };
}

/** A landing counts from `confirmed` on; where endpoints disagree a finalized answer decides. */
function landedStatus(answers: readonly EndpointAnswer[]): SignatureStatus | undefined {
  const statuses = answers.filter((answer) => typeof answer === 'object');
  return (
    statuses.find(({ commitment }) => commitment === 'finalized') ??
    statuses.find(({ commitment }) => commitment === 'confirmed')
  );
}

function isResendDue({ nowMs, lastSentAtMs }: SendingFacts): boolean {
  return nowMs - lastSentAtMs >= RESEND_INTERVAL_MS;
}
