import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { writeJson } from './write-json.ts';

describe('writeJson', () => {
  test('writes the largest u64 with all its digits', () => {
    expect(writeJson({ rentEpoch: 2n ** 64n - 1n })).toBe('{"rentEpoch":18446744073709551615}');
  });

  test('leaves out undefined members, as JSON.stringify does', () => {
    expect(writeJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  test('writes what JSON.stringify writes for everything without bigints', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: anyCharacter }), (value) => {
        expect(writeJson(value as never)).toBe(JSON.stringify(value));
      }),
      { numRuns: propertyRuns() },
    );
  });
});
