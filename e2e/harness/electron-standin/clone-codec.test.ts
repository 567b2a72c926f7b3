import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { decode, encode } from './clone-codec.cjs';

test('everything it carries comes back, whatever its keys are called', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.bigInt(),
      fc.constantFrom(null, undefined),
      fc.uint8Array(),
      fc.array(tie('any')),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', 'value')), tie('any'), {
        noNullPrototype: true,
      }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (sent) => {
      const back = decode(encode(sent));
      expect(back).toEqual(sent === 0 && Object.is(sent, -0) ? 0 : normalized(sent));
      expect({}).not.toHaveProperty('polluted');
    }),
    { numRuns: propertyRuns() },
  );
});

/** JSON has no negative zero, and neither has this codec: no channel of the app needs it. */
function normalized(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normalized(item)]));
}

test.each([[() => 1], [Symbol('x')], [Promise.resolve()], [{ deep: [() => 1] }], [new WeakMap()]])(
  'refuses %s',
  (value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  },
);

test('says so when structured clone would carry what it does not', () => {
  expect(() => encode(new Map())).toThrow('does not carry [object Map]');
});
