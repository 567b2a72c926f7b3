import type { TokenHolding } from '#core/rewards/treasury-view.ts';
import { amountWords } from '#renderer/lib/token-amount.ts';

/** Why a wallet cannot pay an amount; `undefined` when it can, or when nothing is known yet. Native units. */
export function aboveBalance(amount: bigint, holding: TokenHolding | undefined, decimals: number): string | undefined {
  if (!holding?.exists || amount <= holding.amount) return undefined;
  return `The funder holds ${amountWords(holding.amount, decimals)}, which is ${amountWords(amount - holding.amount, decimals)} too few`;
}
