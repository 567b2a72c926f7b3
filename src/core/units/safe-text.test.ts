import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { safeText } from './safe-text.ts';

describe('text from elsewhere', () => {
  test.each(['atlas-7', 'größe-λ-7b', '日本語', 'run with spaces', '🧠', 'e\u0301'])(
    'keeps ordinary writing: %s',
    (text) => {
      expect(safeText(text)).toEqual({ text, hasHidden: false });
    },
  );

  test.each([
    ['a NUL', 'a\0b'],
    ['a line break', 'a\nb'],
    ['a right-to-left override', 'a\u202Eb'],
    ['a zero-width space', 'a\u200Bb'],
    ['a byte order mark', '\uFEFFab'],
    ['a soft hyphen', 'a\u00ADb'],
    ['a line separator', 'a\u2028b'],
    ['a private character', 'a\uE000b'],
    ['an unassigned character', 'a\u0378b'],
    ['half of a pair', 'a\uD800b'],
    ['a Hangul filler', 'a\u3164b'],
    ['a Braille blank', 'a\u2800b'],
    ['a no-break space', 'a\u00A0b'],
    ['a variation selector', 'a\uFE0Fb'],
    ['a tag character', 'a\u{E0041}b'],
  ])('marks %s', (_name, raw) => {
    const { text, hasHidden } = safeText(raw);
    expect(hasHidden).toBe(true);
    expect(text).toBe(text.replace(/[^ab\uFFFD]/gu, ''));
    expect([...text]).toHaveLength([...raw].length);
  });

  test('marks text that was broken before', () => {
    expect(safeText('a\uFFFD').hasHidden).toBe(true);
  });

  test('stops marks from piling up over other lines', () => {
    expect(safeText(`e${'\u0301'.repeat(30)}`)).toEqual({
      text: `e${'\u0301'.repeat(4)}${'\uFFFD'.repeat(26)}`,
      hasHidden: true,
    });
  });

  test('is safe after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (raw) => {
        const once = safeText(raw).text;
        expect(safeText(once).text).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
