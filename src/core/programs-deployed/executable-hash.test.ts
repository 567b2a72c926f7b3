import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { createExecutableHash } from './executable-hash.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createExecutableHash();
  for (const part of parts) hash.update(part);
  return hash.hex();
}

describe('the hash of an executable', () => {
  test('is SHA-256 of all parts, wherever they were cut, without the zeros at the end', () => {
    const part = fc.array(fc.constantFrom(0, 0, 0, 1, 255), { maxLength: 40 }).map((bytes) => Uint8Array.from(bytes));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const whole = Buffer.concat(parts);
        let end = whole.length;
        while (end > 0 && whole[end - 1] === 0) end -= 1;
        expect(hashOf(parts)).toBe(sha256(whole.subarray(0, end)));
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('counts zeros in the middle, however many', () => {
    const gap = new Uint8Array(200_001);
    expect(hashOf([Uint8Array.of(1), gap, Uint8Array.of(2), gap])).toBe(
      sha256(Buffer.concat([Uint8Array.of(1), gap, Uint8Array.of(2)])),
    );
  });
});
