import { InstructionFailure } from '../../../instruction-failure.ts';

/** Digits the program formats at most: 255 decimals, the point and the zero before it. Source: SPL Token, `MAX_FORMATTED_DIGITS`. */
const MAX_DIGITS = 257;

/** Native units → the text of `AmountToUiAmount`: no zeros at the end. */
export function uiAmountFromAmount(amount: bigint, decimals: number): string {
  if (decimals === 0) return amount.toString();
  const digits = amount.toString().padStart(decimals + 1, '0');
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return text.replace(/0+$/u, '').replace(/\.$/u, '');
}

/** The text of `UiAmountToAmount` → native units. @throws InstructionFailure `InvalidArgument` */
export function amountFromUiAmount(text: string, decimals: number): bigint {
  const parts = text.split('.');
  const [whole = '', fractionWithZeros = ''] = parts;
  const fraction = fractionWithZeros.replace(/0+$/u, '');
  const isRefused =
    (whole === '' && fraction === '') ||
    parts.length > 2 ||
    Buffer.byteLength(fraction) > decimals ||
    Buffer.byteLength(whole) + decimals > MAX_DIGITS;
  const digits = whole + fraction.padEnd(decimals, '0');
  // Rust reads a plus sign before digits as no sign.
  if (isRefused || !/^\+?\d+$/u.test(digits)) throw new InstructionFailure('InvalidArgument');
  const amount = BigInt(digits.replace('+', ''));
  if (amount >= 1n << 64n) throw new InstructionFailure('InvalidArgument');
  return amount;
}
