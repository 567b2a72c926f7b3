import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { safeText } from '#core/units/safe-text.ts';
import { cleanLabel, cleanNote } from './annotation.ts';

test('a label stays on its line and a note keeps its lines', () => {
  expect(cleanLabel('  invoice\u00A07\r\nMarch ')).toBe('invoice 7 March');
  expect(cleanNote('paid by\tops \r\nsee mail\u2028of Monday\n\n')).toBe('paid by ops\nsee mail\nof Monday');
});

test('nothing hidden or turned around is kept', () => {
  expect(cleanLabel('pay\u202Eee\u200B')).toBe('payee');
  expect(cleanNote('a\0b\uFEFF')).toBe('ab');
});

test('whatever is typed becomes text that is safe to show, never longer, and the same when cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (typed) => {
      const [label, note] = [cleanLabel(typed), cleanNote(typed)];
      expect(safeText(label)).toEqual({ text: label, hasHidden: false });
      for (const line of note.split('\n')) expect(safeText(line).hasHidden).toBe(false);
      expect([label.length <= typed.length, note.length <= typed.length]).toEqual([true, true]);
      expect([cleanLabel(label), cleanNote(note)]).toEqual([label, note]);
    }),
    { numRuns: propertyRuns() },
  );
});
