import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { toBigIntBE, toBigIntLE, toBufferBE, toBufferLE } from './bigint-buffer.ts';

test('bytes come back in both orders', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 32 }), (bytes) => {
      expect([...toBufferBE(toBigIntBE(bytes), bytes.length)]).toEqual([...bytes]);
      expect([...toBufferLE(toBigIntLE(bytes), bytes.length)]).toEqual([...bytes]);
    }),
    { numRuns: propertyRuns() },
  );
});

test('the order is the one the name says', () => {
  expect(toBigIntLE(Uint8Array.of(1, 0, 0))).toBe(1n);
  expect(toBigIntBE(Uint8Array.of(1, 0, 0))).toBe(65536n);
  expect([...toBufferLE(258n, 3)]).toEqual([2, 1, 0]);
  expect([...toBufferBE(258n, 3)]).toEqual([0, 1, 2]);
});
