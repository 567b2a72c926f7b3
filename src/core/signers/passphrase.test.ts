import { expect, test } from 'vitest';
import { z } from 'zod';
import { characterCount, Passphrase } from './passphrase.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each([
  ['', 0],
  ['twelve chars', 12],
  ['söng', 4],
  ['日本語', 3],
  ['🔑🔑', 2],
])('“%s” has %d characters, counted in its bytes', (text, count) => {
  expect(characterCount(utf8(text))).toBe(count);
});

test('a passphrase crosses as base64 and is never empty or endless', () => {
  expect(z.encode(Passphrase, utf8('abc'))).toBe('YWJj');
  expect(z.decode(Passphrase, 'YWJj')).toEqual(utf8('abc'));
  expect(Passphrase.safeParse('').success).toBe(false);
  expect(Passphrase.safeParse(Buffer.alloc(1025).toString('base64')).success).toBe(false);
});
