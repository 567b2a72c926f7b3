import { describe, expect, test } from 'vitest';
import { errorCodeOf } from '#test/error-code.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { addressFromBytes, parseAddress } from './address.ts';
import { passCanonicalGate, wireSize } from './canonical-gate.ts';
import { encodeMessage } from './message.ts';
import { addressWithSeed } from './pda.ts';

describe('at their limits', () => {
  test.each([31, 33])('an address does not have %s bytes', (length) => {
    expect(() => addressFromBytes(new Uint8Array(length))).toThrow(RangeError);
  });

  test.each(['', '1'.repeat(31), '1'.repeat(33), '1'.repeat(45), `${'1'.repeat(31)}O`])('%j is no address', (text) => {
    expect(errorCodeOf(() => parseAddress(text))).toBe('address/malformed');
    expect(parseAddress(` ${'1'.repeat(32)}\n`)).toBe('1'.repeat(32));
  });

  test('a seed has 32 bytes, and not 33', () => {
    const [base, owner] = [someAddress(1), someAddress(2)];
    expect(addressWithSeed(base, 'x'.repeat(32), owner)).toMatch(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
    expect(errorCodeOf(() => addressWithSeed(base, 'x'.repeat(33), owner))).toBe('pda/seed-too-long');
  });

  test('from 128 signatures on, their number takes two bytes of the wire', () => {
    expect(wireSize(100, 127)).toBe(1 + 127 * 64 + 100);
    expect(wireSize(100, 128)).toBe(2 + 128 * 64 + 100);
    const header = { requiredSignatures: 128, readonlySigned: 0, readonlyUnsigned: 0 };
    const staticKeys = Array.from({ length: 129 }, (_, index) => someAddress(index + 1));
    const message = encodeMessage({
      version: 0,
      header,
      staticKeys,
      recentBlockhash: someAddress(200),
      instructions: [],
      lookups: [],
    });
    expect(() => passCanonicalGate(message)).toThrow(
      expect.objectContaining({
        code: 'message/too-large',
        params: { bytes: 2 + 128 * 64 + message.length, max: 1232 },
      }),
    );
  });
});
