import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { stringifyJson } from './stringify-json.ts';

test.each([
  [77, '77.0'],
  [0, '0.0'],
  [-0, '-0.0'],
  [0.0004, '0.0004'],
  [1e-5, '0.00001'],
  [1.5e-7, '1.5e-7'],
  [5e-324, '5e-324'],
  [18446744073.709553, '18446744073.709553'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e16'],
  [1.25e30, '1.25e30'],
  [-1250, '-1250.0'],
  [Infinity, 'null'],
  [NaN, 'null'],
  [2n ** 64n - 1n, '18446744073709551615'],
])('%s is printed as %s', (value, text) => expect(stringifyJson(value)).toBe(text));

test('keys are sorted and nested values indented by two spaces', () => {
  expect(stringifyJson({ b: [1n, 'x"\n'], a: {}, c: { d: [], e: null } })).toBe(
    '{\n  "a": {},\n  "b": [\n    1,\n    "x\\"\\n"\n  ],\n  "c": {\n    "d": [],\n    "e": null\n  }\n}',
  );
});

test('every finite float is read back as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(JSON.parse(stringifyJson(value))).toBe(value);
    }),
    { numRuns: propertyRuns() },
  );
});
