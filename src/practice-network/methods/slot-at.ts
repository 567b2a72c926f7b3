import type { Chain } from '../chain/chain.ts';
import type { Commitment } from './params.ts';

/** The newest slot at a commitment; nodes assume `finalized` when none is named. */
export function slotAt(
  chain: Chain,
  options: { commitment?: Commitment | null | undefined } | null | undefined,
): bigint {
  return (options?.commitment ?? 'finalized') === 'finalized' ? chain.finalizedSlot() : chain.time().slot;
}
