import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { safeError, safeLines } from './remote-text.ts';

describe('text a remote host wrote', () => {
  test('is cut to 256 lines of 1,000 characters', () => {
    const lines = safeLines(Array.from({ length: 5000 }, () => 'x'.repeat(50_000)));
    expect(lines).toHaveLength(256);
    expect(lines.every((line) => line.length === 1000)).toBe(true);
  });

  test('keeps its tabs and hides nothing', () => {
    expect(safeLines(['Program log: a\tb', 'a\u202Eb\u200Bc\nd'])).toEqual([
      'Program log: a\tb',
      'a\uFFFDb\uFFFDc\uFFFDd',
    ]);
  });

  test('of an error value is safe in keys and values, and what failed stays failed', () => {
    expect(safeError({ InstructionError: [0, { Custom: 6001 }] })).toEqual({ InstructionError: [0, { Custom: 6001 }] });
    expect(safeError({ 'a\u202E': ['b\n'] })).toEqual({ 'a\uFFFD': ['b\uFFFD'] });
    expect(safeError(null)).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: anyCharacter }), (value) => {
        // As the wire carries it: JSON has no -0.
        const error = JSON.parse(JSON.stringify(value)) as Parameters<typeof safeError>[0];
        const safe = safeError(error);
        expect(safe === null).toBe(error === null);
        const texts: string[] = [];
        JSON.stringify(safe, (key, member: unknown) => {
          texts.push(key, typeof member === 'string' ? member : '');
          return member;
        });
        expect(texts.filter((text) => /[\n\u202A-\u202E\u200B]/.test(text))).toEqual([]);
      }),
      { numRuns: propertyRuns() },
    );
    expect(safeError(Array.from({ length: 100_000 }, () => 'x'))).toBe('an error value too long to show');
  });
});
