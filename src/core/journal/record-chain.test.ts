import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { encodeRecord, FIRST_HASH, readRecords } from './record-chain.ts';

function fileOf(payloads: readonly unknown[]): Uint8Array {
  let hash = FIRST_HASH;
  const bytes: number[] = [];
  for (const payload of payloads) {
    const record = encodeRecord(hash, payload);
    hash = record.hash;
    bytes.push(...record.bytes);
  }
  return Uint8Array.from(bytes);
}

/** Fifty of them are flipped bit by bit in the fault catalogue, row K5. */
const RECORDS = 12;
const payloads = Array.from({ length: RECORDS }, (_, index) => ({ event: 'sent', id: `t${index}`, at: index * 1000 }));
const file = fileOf(payloads);

/** Where each record ends. */
const ends = payloads.map((_, index) => fileOf(payloads.slice(0, index + 1)).length);
const intactBefore = (position: number) => ends.filter((end) => end <= position).length;

describe('the chain of records', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), (values) => {
        const plain = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        const reading = readRecords(fileOf(plain));
        expect(reading.payloads).toEqual(plain);
        expect(reading.end).toBe('clean');
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('finds every flipped bit and keeps what stands before it', () => {
    for (let position = 0; position < file.length; position += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Uint8Array.from(file);
        flipped[position] = (flipped[position] ?? 0) ^ (1 << bit);
        const reading = readRecords(flipped);
        expect(reading.end).not.toBe('clean');
        expect(reading.payloads.length).toBe(intactBefore(position));
      }
    }
  }, 120_000);

  test('takes a flipped bit before the last record for tampering, never for an unfinished write', () => {
    const lastStart = ends.at(-2) ?? 0;
    for (let position = 0; position < lastStart; position += 1) {
      const flipped = Uint8Array.from(file);
      flipped[position] = (flipped[position] ?? 0) ^ 1;
      expect(readRecords(flipped).end).toBe('broken');
    }
  });

  test('takes every truncation inside a record for an unfinished write', () => {
    for (let length = 0; length < file.length; length += 1) {
      const reading = readRecords(file.subarray(0, length));
      expect(reading.payloads.length).toBe(intactBefore(length));
      expect(reading.end).toBe(length === 0 || ends.includes(length) ? 'clean' : 'torn');
      expect(reading.intactBytes).toBe(length === 0 ? 0 : (ends.findLast((end) => end <= length) ?? 0));
    }
  });

  test('takes a hole of zeros at the end for a write that a power cut lost', () => {
    const torn = Uint8Array.from(file);
    torn.fill(0, (ends.at(-2) ?? 0) + 20, torn.length - 1);
    expect(readRecords(torn)).toMatchObject({ end: 'torn' });
  });

  test('takes the zeros of a lost first sector for the same, however few they are', () => {
    const [first] = payloads;
    for (const missing of [1, 2, 15]) {
      const padded = fileOf([
        { ...first, text: 'x'.repeat(512 - missing - fileOf([{ ...first, text: '' }]).length) },
        payloads,
      ]);
      const torn = padded.with(512 - missing, 0);
      torn.fill(0, 512 - missing, 512);
      expect([missing, readRecords(torn)]).toMatchObject([missing, { end: 'torn', intactBytes: 512 - missing }]);
    }
  });

  test('takes zeros before other records for damage: those were on the disk before the next one was begun', () => {
    const damaged = Uint8Array.from(file).fill(0, 100, 200);
    expect(readRecords(damaged)).toMatchObject({ end: 'broken' });
  });

  test('notices that records were swapped, removed or repeated', () => {
    const start = ends[7] ?? 0;
    const [first, second] = [file.subarray(start, ends[8]), file.subarray(ends[8], ends[9])];
    const rest = file.subarray(ends[9]);
    const before = file.subarray(0, start);
    const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
    for (const changed of [join(before, second, first, rest), join(before, second, rest), join(before, first, first)]) {
      expect(readRecords(changed)).toMatchObject({ end: 'broken' });
      expect(readRecords(changed).payloads.length).toBeLessThanOrEqual(9);
    }
  });

  test('reads no record out of random bytes and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        expect(readRecords(bytes).payloads).toEqual([]);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
