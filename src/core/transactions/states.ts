import { AppError } from '#core/errors/app-error.ts';

/**
 * Where a transaction stands. `exported`: signed and carried away to be sent elsewhere. The last five are endings, but `unknown`
 * is watched and may still become one of the others.
 */
export type TransactionState =
  | 'draft'
  | 'reviewed'
  | 'approved'
  | 'signing'
  | 'partly-signed'
  | 'signed'
  | 'exported'
  | 'sent'
  | 'confirmed'
  | 'failed'
  | 'expired'
  | 'nonce-used'
  | 'unknown';

const LANDED = ['confirmed', 'failed'] as const;
const DEAD = ['expired', 'nonce-used'] as const;

/** The only moves there are. Source: security bar §3.8. */
export const EDGES: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  draft: ['reviewed'],
  // Any change of input, facts or blockhash makes a new draft and with it a new review.
  reviewed: ['approved', 'draft'],
  // An approval that is not used in time, or is withdrawn, is worth nothing.
  approved: ['signing', 'reviewed'],
  // Declined, locked, wrong app: nothing was signed.
  signing: ['partly-signed', 'signed', 'reviewed'],
  // The next signer acts under the same approval, or under a new one made later.
  'partly-signed': ['signing', 'approved', 'exported', ...DEAD],
  signed: ['sent', 'exported', ...DEAD],
  exported: ['sent', ...LANDED, ...DEAD, 'unknown'],
  sent: [...LANDED, ...DEAD, 'unknown'],
  confirmed: [],
  failed: [],
  expired: [],
  'nonce-used': [],
  unknown: [...LANDED, ...DEAD],
};

/**
 * Moves along an edge, or refuses.
 *
 * @throws AppError `transaction/no-such-step`
 */
export function moveTo(from: TransactionState, to: TransactionState): TransactionState {
  if (!EDGES[from].includes(to)) throw new AppError('transaction/no-such-step', { from, to });
  return to;
}
