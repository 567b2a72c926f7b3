import { AppError } from '#core/errors/app-error.ts';

/** The largest amount an on-chain u64 holds. */
export const U64_MAX = 2n ** 64n - 1n;

/**
 * Display units → native units, exactly. Refuses digits the unit cannot hold instead of rounding them away.
 *
 * @param text - a plain decimal such as `"1.5"`; no sign, exponent or separators
 * @param decimals - digits after the point that one native unit stands for
 * @throws AppError `amount/malformed`, `amount/too-precise`, `amount/too-large`
 */
export function parseDecimal(text: string, decimals: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new AppError('amount/malformed', { text: text.trim() });
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > decimals) throw new AppError('amount/too-precise', { text: text.trim(), decimals });
  const native = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (native > U64_MAX) throw new AppError('amount/too-large', { text: text.trim() });
  return native;
}

/** Native units → display units, exactly, without trailing zeros. */
export function formatDecimal(native: bigint, decimals: number): string {
  const sign = native < 0n ? '-' : '';
  const digits = (native < 0n ? -native : native).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}
