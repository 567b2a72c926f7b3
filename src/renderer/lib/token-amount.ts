import { formatDecimal, parseDecimal } from '#core/units/decimal.ts';
import { formatCount } from './durations.ts';
import { errorWords } from './error-words.ts';

/** What a typed amount is: nothing yet, native units, or why it is none. */
export type AmountReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'amount'; readonly native: bigint }
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * Typed display units → native units, exactly. Nothing is rounded, and no sign, exponent or separator is guessed at.
 *
 * @param decimals - digits after the point that the mint holds; 0 for points
 */
export function readAmount(text: string, decimals: number): AmountReading {
  if (text.trim() === '') return { kind: 'none' };
  try {
    return { kind: 'amount', native: parseDecimal(text, decimals) };
  } catch (error) {
    const { happened, remedy } = errorWords(error);
    return { kind: 'refused', problem: `${happened}. ${remedy}` };
  }
}

/** Native units → display units with thin group marks, exact: `1 234.5`. */
export function formatTokens(native: bigint, decimals: number): string {
  const [whole = '0', fraction] = formatDecimal(native, decimals).split('.');
  return fraction === undefined ? formatCount(BigInt(whole)) : `${formatCount(BigInt(whole))}.${fraction}`;
}

/** An amount in words: tokens of a mint, or points where no tokens stand behind them. */
export function amountWords(native: bigint, decimals: number | undefined): string {
  if (decimals === undefined) return `${formatCount(native)} ${native === 1n ? 'point' : 'points'}`;
  return `${formatTokens(native, decimals)} tokens`;
}
