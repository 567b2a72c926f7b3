import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal, U64_MAX } from '#core/units/decimal.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { amountWords, formatTokens, readAmount } from './token-amount.ts';

const amounts = fc.bigInt({ min: 0n, max: U64_MAX });
const decimals = fc.integer({ min: 0, max: 20 });

describe('a typed amount', () => {
  test('comes back as exactly the native units it was written from', () => {
    fc.assert(
      fc.property(amounts, decimals, (native, digits) => {
        expect(readAmount(formatDecimal(native, digits), digits)).toEqual({ kind: 'amount', native });
      }),
      { numRuns: propertyRuns() },
    );
  });

  test.each([
    ['1e6', 'is not a plain decimal number'],
    ['-1', 'is not a plain decimal number'],
    ['+1', 'is not a plain decimal number'],
    ['1,000', 'is not a plain decimal number'],
    ['1 000', 'is not a plain decimal number'],
    ['1\u202F000', 'is not a plain decimal number'],
    ['0x10', 'is not a plain decimal number'],
    ['1.', 'is not a plain decimal number'],
    ['0.0000001', 'more than 6 digits after the point'],
    ['18446744073709.551616', 'does not fit an unsigned 64-bit amount'],
  ])('%s is refused with the reason, never guessed at', (text, reason) => {
    const reading = readAmount(text, 6);
    expect(reading.kind === 'refused' && reading.problem).toContain(reason);
  });

  test('that is empty is none, which is not zero', () => {
    expect(readAmount('  ', 6)).toEqual({ kind: 'none' });
    expect(readAmount('0', 6)).toEqual({ kind: 'amount', native: 0n });
  });
});

test('an amount is shown with every digit it has', () => {
  expect(formatTokens(1_234_567_000_001n, 6)).toBe('1\u202F234\u202F567.000001');
  expect(formatTokens(U64_MAX, 9)).toBe('18\u202F446\u202F744\u202F073.709551615');
  expect(amountWords(1n, undefined)).toBe('1 point');
  expect(amountWords(0n, 6)).toBe('0 tokens');
});
