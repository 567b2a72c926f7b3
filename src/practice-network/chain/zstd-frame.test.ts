import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { decodeZstdFrame, encodeZstdFrame } from './zstd-frame.ts';

const hasZstd = spawnSync('zstd', ['--version']).status === 0;

/** Bytes with runs, as accounts have them. */
const runs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 400 })), { maxLength: 40 })
  .map((pieces) => Uint8Array.from(pieces.flatMap(([byte, length]) => new Array<number>(length).fill(byte))));

describe('zstd frames', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.oneof(runs, fc.uint8Array({ maxLength: 600 })), (bytes) => {
        expect(decodeZstdFrame(encodeZstdFrame(bytes))).toEqual(bytes);
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('an account that is mostly zeros shrinks to what it holds', () => {
    const account = new Uint8Array(119_160);
    account.set(readFileSync('test/fixtures/psyche/fixtures/full.bin').subarray(0, 1000), 50_000);
    expect(encodeZstdFrame(account).length).toBeLessThan(1100);
  });

  test.skipIf(!hasZstd)('are read by the zstd tool, also over the largest block and when empty', () => {
    const long = new Uint8Array(300_000).fill(7);
    long.set(readFileSync('test/fixtures/psyche/fixtures/full.bin'), 1000);
    for (const bytes of [new Uint8Array(0), Uint8Array.of(1), long, new Uint8Array(119_160)]) {
      const { status, stdout } = spawnSync('zstd', ['-d', '-c'], { input: encodeZstdFrame(bytes), maxBuffer: 1e7 });
      expect(status).toBe(0);
      expect(Buffer.compare(stdout, bytes)).toBe(0);
    }
  });

  test('cut or lengthened frames are refused', () => {
    const frame = encodeZstdFrame(Uint8Array.from({ length: 100 }, (_, index) => index >> 5));
    for (let length = 0; length < frame.length; length += 1) {
      expect(() => decodeZstdFrame(frame.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => decodeZstdFrame(Uint8Array.of(...frame, 0))).toThrow(RangeError);
  });
});
