import type { Address } from '#core/solana/address.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import type { NonceList } from './nonce-view.ts';
import type { Reservation } from './reservations.ts';

/**
 * Picks a nonce for one more transaction: a free account that no pending transaction was built on, whatever its value. The same
 * facts give the same nonce, so a request that is built again takes no second one.
 *
 * @param list - as the chain was last read
 * @param reservations - of every pending transaction now, which may be more than when the rows were read
 * @param exclude - an account the transaction itself advances, closes or hands over: its nonce moves once in a slot
 */
export function takeNonce(
  { rows, slot: seenInSlot }: Pick<NonceList, 'rows' | 'slot'>,
  reservations: readonly Reservation[],
  exclude?: Address,
): NonceLifetime | undefined {
  const busy = new Set(reservations.map(({ nonceAccount }) => nonceAccount));
  const free = rows.find(({ state, address }) => state.kind === 'free' && address !== exclude && !busy.has(address));
  if (free?.authority === undefined || free.nonce === undefined) return undefined;
  return { kind: 'nonce', account: free.address, authority: free.authority, nonce: free.nonce, seenInSlot };
}
