import type { Address } from '#core/solana/address.ts';
import { nonceAfter, type NonceReading } from './nonce-account.ts';
import type { NonceState } from './nonce-view.ts';
import type { Reservation } from './reservations.ts';

/**
 * Tells the states of a nonce account apart. What makes it useless counts before what keeps it busy.
 *
 * @param own - keys the operator signs with
 * @param reservations - of pending transactions on this cluster
 * @param newest - the newest blockhash when the account was read, where the cluster tells
 */
export function nonceState(
  address: Address,
  reading: NonceReading,
  {
    own,
    reservations,
    newest,
  }: { own: ReadonlySet<Address>; reservations: readonly Reservation[]; newest: string | undefined },
): NonceState {
  if (reading.kind === 'other') return { kind: 'not-a-nonce' };
  if (reading.kind !== 'initialised') return { kind: reading.kind };
  const built = reservations.filter(({ nonceAccount }) => nonceAccount === address);
  const current = built.find(({ nonce }) => nonce === undefined || nonce === reading.nonce);
  const [before] = built;
  if (!own.has(reading.authority)) return { kind: 'foreign' };
  if (reading.version === 'legacy') return { kind: 'legacy' };
  if (current) return { kind: 'reserved', transactionId: current.transactionId, title: current.title };
  if (before) return { kind: 'spent', transactionId: before.transactionId, title: before.title };
  if (newest !== undefined && reading.nonce === nonceAfter(newest)) return { kind: 'too-new' };
  return { kind: 'free' };
}
