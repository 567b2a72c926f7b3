import { describe, expect, test } from 'vitest';
import { errorCodeOf } from '#test/error-code.ts';
import { decodeBorsh } from './borsh-read.ts';
import { encodeBorsh } from './borsh-write.ts';
import { fieldText } from './field-text.ts';
import { encodeInstruction } from './instruction-codec.ts';
import { refusingAsAppError, rethrowWithin } from './refusal.ts';
import { createShapes, type Shape, type StructShape } from './shape.ts';
import { createZeroCopyCodec } from './zero-copy.ts';

/** What the three programs do not use today, and the form of their interfaces allows. */
const pair: StructShape = {
  kind: 'struct',
  type: 'Pair',
  fields: [
    { name: 'small', shape: { kind: 'u8' } },
    { name: 'large', shape: { kind: 'u64' } },
  ],
};
const colour: Shape = { kind: 'enum', type: 'Colour', variants: [{ name: 'Red' }, { name: 'Blue' }] };
const listOf = (item: Shape, capacity = 3): Shape => ({ kind: 'fixedVec', capacity, item });
const noExceptions = { tagSizes: {}, fieldOrders: {} };

describe('a FixedVec in Borsh', () => {
  test.each([
    ['structs', listOf(pair), [{ small: 1, large: 2n }], 3 * 9 + 8],
    ['arrays', listOf({ kind: 'array', length: 2, item: { kind: 'u16' } }), [[1, 2]], 3 * 4 + 8],
    ['names', listOf(colour), ['Blue', 'Red'], 3 + 8],
  ])('of %s takes the room of all its slots and comes back', (_items, shape, value, size) => {
    const bytes = encodeBorsh(shape, value, new Uint8Array());
    expect(bytes).toHaveLength(size);
    expect(decodeBorsh(shape, bytes, 0, false).value).toEqual(shape.kind === 'fixedVec' && value);
  });

  test.each<[string, Shape]>([
    ['texts', { kind: 'string' }],
    ['variants with content', { kind: 'enum', type: 'E', variants: [{ name: 'A', payload: { kind: 'u8' } }] }],
  ])('of %s, whose size differs from item to item, is a mistake of the interface', (_items, item) => {
    const holder: Shape = { kind: 'struct', type: 'Holder', fields: [{ name: 'list', shape: listOf(item) }] };
    expect(() => encodeBorsh(holder, { list: [] }, new Uint8Array())).toThrow(TypeError);
  });
});

test('a bare value has no fields, and ends where its bytes end', () => {
  const decoded = decodeBorsh({ kind: 'u16' }, Uint8Array.of(9, 1, 2, 7), 1, true);
  expect(decoded).toEqual({ value: 0x0201, fields: [], end: 3 });
});

test.each([
  ['none', 'Option<u64>', null, 'none'],
  ['a key', 'pubkey', new Uint8Array(32), '1'.repeat(32)],
  ['a hash', 'Hash', new Uint8Array(32), '1'.repeat(32)],
  ['bytes', '[u8; 2]', Uint8Array.of(1, 255), '01ff'],
  ['text', 'string', 'atlas', 'atlas'],
  ['a number', 'u8', 7, '7'],
  ['a large number', 'u64', 2n ** 64n - 1n, '18446744073709551615'],
  ['a bool', 'bool', false, 'false'],
  ['parts', 'Pair', undefined, ''],
])('the text of a field that holds %s', (_what, type, value, text) => {
  const field = {
    path: 'a',
    name: 'a',
    type,
    start: 0,
    end: 9,
    ...(value === undefined ? { children: [] } : { value }),
  };
  expect(fieldText(field)).toBe(text);
});

describe('a fixed text that was cut inside a character', () => {
  const cut = Uint8Array.of(0x61, 0xc3);
  const text: Shape = { kind: 'fixedString', length: 4 };

  test('is written as the bytes it is', () => {
    expect(encodeBorsh(text, cut, new Uint8Array())).toEqual(Uint8Array.of(0x61, 0xc3, 0, 0));
  });

  test.each([
    ['hides a part behind a NUL', Uint8Array.of(0x61, 0, 0xc3)],
    ['is too long', new Uint8Array(5).fill(0xc3)],
  ])('is refused when it %s', (_what, bytes) => {
    expect(errorCodeOf(() => encodeBorsh(text, bytes, new Uint8Array()))).toBe('codec/wrong-type');
  });
});

test('a fault in a reader is passed on as it is, not shown as a refusal', () => {
  const fault = new RangeError('a fault');
  const fail = () => {
    throw fault;
  };
  expect(() => refusingAsAppError(fail)).toThrow(fault);
  expect(() => rethrowWithin('field', fault)).toThrow(fault);
});

describe('an account in memory', () => {
  const shape: StructShape = {
    kind: 'struct',
    type: 'Account',
    fields: [
      { name: 'some', shape: { kind: 'option', item: pair } },
      { name: 'none', shape: { kind: 'option', item: { kind: 'u64' } } },
      { name: 'list', shape: listOf(pair, 2) },
      { name: 'colour', shape: colour },
    ],
  };
  const value = { some: { small: 1, large: 2n }, none: null, list: [{ small: 3, large: 4n }], colour: 'Blue' };
  const codec = createZeroCopyCodec(shape, 8, noExceptions);
  const bytes = codec.encode(value, new Uint8Array(8));

  test('comes back whole', () => {
    expect(codec.decode(bytes)).toEqual(value);
  });

  test('shows the parts of an option that holds some', () => {
    const [some, none, list] = codec.tree(bytes).children ?? [];
    expect(some?.children?.map(({ path, value: part }) => [path, part])).toEqual([
      ['some.small', 1],
      ['some.large', 2n],
    ]);
    expect(none?.value).toBeNull();
    expect(list?.children?.map(({ path }) => path)).toEqual(['list[0]']);
  });

  test('is entered by the names of its parts, an option without one of its own', () => {
    expect(codec.range('')).toEqual({ start: 8, end: codec.size });
    expect(codec.range('some.large').start).toBe(8 + 8 + 8);
    expect(codec.fieldsReader({ large: 'some.large' })(bytes)).toEqual({ large: 2n });
    expect(errorCodeOf(() => codec.range('list.first'))).toBe('codec/unknown-path');
    expect(errorCodeOf(() => codec.range('none.deeper'))).toBe('codec/unknown-path');
  });

  test.each<[string, Shape]>([
    ['a text', { kind: 'string' }],
    ['bytes', { kind: 'bytes' }],
    ['a list', { kind: 'vec', item: { kind: 'u8' } }],
  ])('has a fixed size, so %s in it is a mistake of the interface', (_what, part) => {
    expect(errorCodeOf(() => createZeroCopyCodec(part, 0, noExceptions))).toBe('codec/malformed-idl');
  });

  test.each([
    ['names a field it does not have', ['small', 'large', 'other']],
    ['leaves one out', ['large']],
  ])('whose order of fields %s is a mistake of the interface', (_what, order) => {
    const exceptions = { tagSizes: {}, fieldOrders: { Pair: order } };
    expect(errorCodeOf(() => createZeroCopyCodec(pair, 0, exceptions))).toBe('codec/malformed-idl');
  });
});

describe('the names that stand for text and lists', () => {
  test('mean nothing over other contents', () => {
    const shapes = createShapes([
      { name: 'FixedString4', type: { kind: 'struct', fields: ['u32'] } },
      { name: 'FixedVecOfOne', type: { kind: 'struct', fields: [{ name: 'data', type: 'u8' }] } },
    ]);
    expect(errorCodeOf(() => shapes.defined('FixedString4'))).toBe('codec/malformed-idl');
    expect(shapes.defined('FixedVecOfOne').kind).toBe('struct');
  });
});

describe('refused before anything is signed', () => {
  const one = (shape: Shape): StructShape => ({ kind: 'struct', type: 'One', fields: [{ name: 'field', shape }] });
  const payloads: Shape = {
    kind: 'enum',
    type: 'Choice',
    variants: [{ name: 'Bare' }, { name: 'Full', payload: { kind: 'u8' } }],
  };
  test.each<[string, Shape, unknown, string]>([
    ['a text for a number', { kind: 'u8' }, '1', 'codec/wrong-type'],
    ['nothing for a number', { kind: 'f64' }, null, 'codec/wrong-type'],
    ['NaN', { kind: 'f32' }, Number.NaN, 'codec/not-a-number'],
    ['a number that f32 makes infinite', { kind: 'f32' }, 1e39, 'codec/out-of-range'],
    ['a number for a text', { kind: 'string' }, 1, 'codec/wrong-type'],
    ['an object for a list', { kind: 'vec', item: { kind: 'u8' } }, {}, 'codec/wrong-type'],
    ['a short array', { kind: 'array', length: 2, item: { kind: 'u8' } }, [1], 'codec/wrong-length'],
    ['a list for a struct', pair, [1, 2n], 'codec/wrong-type'],
    ['a field too many', pair, { small: 1, large: 2n, third: 3 }, 'codec/unknown-field'],
    ['a missing field', pair, { small: 1, third: 3 }, 'codec/missing-field'],
    ['content for a bare name', payloads, { Bare: 1 }, 'codec/wrong-type'],
    ['a bare name for content', payloads, 'Full', 'codec/wrong-type'],
    ['a number for a variant', payloads, 7, 'codec/wrong-type'],
    ['two variants at once', payloads, { Full: 1, Bare: 2 }, 'codec/wrong-type'],
  ])('%s', (_what, shape, value, code) => {
    const encode = () => encodeBorsh(one(shape), { field: value }, new Uint8Array());
    expect(encode).toThrow(expect.objectContaining({ code }));
    expect(encode).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ path: expect.stringMatching(/^field/) }) }),
    );
  });

  test('an instruction nobody knows', () => {
    expect(errorCodeOf(() => encodeInstruction('coordinator', 'self_destruct', {}))).toBe('codec/unknown-instruction');
  });
});
