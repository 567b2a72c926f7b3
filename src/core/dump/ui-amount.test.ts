import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nativeFromUi, uiFromNative } from './ui-amount.ts';

type Vector = { readonly ui: number; readonly decimals: number; readonly native: string; readonly backToUi: number };

const { vectors } = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/psyche/vectors/amounts.json', import.meta.url), 'utf8'),
) as { vectors: readonly Vector[] };

test.each(vectors)(
  '$ui with $decimals decimals is $native native units and $backToUi back',
  ({ ui, decimals, native, backToUi }) => {
    expect(nativeFromUi(ui, decimals)).toBe(BigInt(native));
    expect(uiFromNative(BigInt(native), decimals)).toBe(backToUi);
  },
);

test('what is not a number is no amount', () => {
  expect(nativeFromUi(NaN, 6)).toBe(0n);
  expect(nativeFromUi(Infinity, 6)).toBe(2n ** 64n - 1n);
});
