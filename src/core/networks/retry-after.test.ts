import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

test.each([
  ['7', 7],
  [' 7 ', 7],
  ['0', 1],
  ['61', 60],
  ['999999999999999999999999', 60],
  ['Sun, 22 Nov 2026 12:00:30 GMT', 30],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 1],
  ['Sun, 22 Nov 2099 12:00:00 GMT', 60],
])('“%s” asks for a pause of %i seconds', (text, seconds) => {
  expect(parseRetryAfter(text, NOW)).toBe(seconds);
});

test.each([null, '', '-5', '1e9', '1.5', '0x10', 'soon', '2026-11-22T12:00:30Z', 'Sun, 99 Xxx 2026 12:00:30 GMT'])(
  '%s asks for nothing that can be understood',
  (text) => {
    expect(parseRetryAfter(text, NOW)).toBeUndefined();
  },
);

test('no text asks for less than a second or more than a minute', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const seconds = parseRetryAfter(text, NOW) ?? 1;
      expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true);
    }),
    { numRuns: propertyRuns() },
  );
});
