import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { parseJson } from './parse-json.ts';

describe('JSON of a node', () => {
  test('is read as JSON.parse reads it, where numbers are small', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (text, indent) => {
        const reference: unknown = JSON.parse(text);
        fc.pre(!/__proto__|"constructor"|"prototype"|\d{15}/.test(text));
        expect(parseJson(JSON.stringify(reference, undefined, indent))).toEqual(reference);
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('keeps every integer exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (value) => {
        const read = parseJson(`{"lamports":${value}}`) as { lamports: number | bigint };
        expect(BigInt(read.lamports)).toBe(value);
        expect(typeof read.lamports).toBe(Number.isSafeInteger(Number(value)) ? 'number' : 'bigint');
      }),
      { numRuns: propertyRuns() },
    );
    expect(parseJson('[9007199254740991,9007199254740993,18446744073709551615,1.5,1e3]')).toEqual([
      9007199254740991,
      9007199254740993n,
      18446744073709551615n,
      1.5,
      1000,
    ]);
  });

  test('reads escapes and quotes in strings', () => {
    const texts = ['', '\\', '"', '\\"', 'a\\\\"b', '\u0000\n', '日本', '\\\\\\'];
    for (const text of texts) expect(parseJson(JSON.stringify([text]))).toEqual([text]);
  });

  test.each([
    '',
    ' ',
    '{}{}',
    '[1] 2',
    '{"a":1,}',
    '[1,]',
    '[1',
    '{"a"',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '01',
    '+1',
    '.5',
    '1.',
    '1e',
    'NaN',
    'tru',
    'nullx',
    '"a',
    '"\n"',
    '"\\x"',
    '{"a":1,"a":2}',
    '{"__proto__":{}}',
    '{"constructor":1}',
    `${'['.repeat(65)}${']'.repeat(65)}`,
    '<!doctype html>',
    '\uFEFF{}',
  ])('is refused when it is %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test('of any kind throws nothing but a SyntaxError and changes no prototype', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          parseJson(text);
        } catch (cause) {
          expect(cause).toBeInstanceOf(SyntaxError);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
