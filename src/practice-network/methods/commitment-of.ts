import type { Chain } from '../chain/chain.ts';

/** How settled a slot is. Nothing is ever merely processed: there is one node, and it agrees with itself. */
export function commitmentOf(chain: Chain, slot: bigint): 'confirmed' | 'finalized' {
  return slot <= chain.finalizedSlot() ? 'finalized' : 'confirmed';
}
