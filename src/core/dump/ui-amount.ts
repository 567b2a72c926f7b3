import { U64_MAX } from '#core/units/decimal.ts';

/**
 * Native units → display units as the CLI prints them: a 64-bit float, inexact above 2⁵³. For dumps only; everything that
 * is sent or compared stays in native units. Source: PROTOCOL.md §9.2.
 */
export function uiFromNative(native: bigint, decimals: number): number {
  return Number(native) / 10 ** decimals;
}

/**
 * Display units as the CLI takes them → native units: rounded half away from zero, negative and `NaN` to 0, too large to
 * 2⁶⁴ − 1. It says what a command of the CLI would send; typed amounts are read by `parseDecimal`. Source: PROTOCOL.md §9.2.
 */
export function nativeFromUi(ui: number, decimals: number): bigint {
  const rounded = Math.round(ui * 10 ** decimals);
  if (!(rounded > 0)) return 0n;
  return rounded >= 2 ** 64 ? U64_MAX : BigInt(rounded);
}
