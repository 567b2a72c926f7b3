import fc from 'fast-check';
import type { LeafShape, Shape } from '#core/codec/shape.ts';
import { anyCharacter } from './any-character.ts';

/** Any value that the codec must accept for a shape and give back unchanged. */
export function arbitraryValue(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'array':
      return fc.array(arbitraryValue(shape.item), { minLength: shape.length, maxLength: shape.length });
    case 'vec':
      return fc.array(arbitraryValue(shape.item), { maxLength: 5 });
    case 'fixedVec':
      return fc.array(arbitraryValue(shape.item), { maxLength: shape.capacity, size: 'small' });
    case 'option':
      return fc.option(arbitraryValue(shape.item), { nil: null });
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 });
    case 'string':
      return fc.string({ unit: anyCharacter, maxLength: 40 });
    case 'struct':
      return fc.record(
        Object.fromEntries(shape.fields.map(({ name, shape: field }) => [name, arbitraryValue(field)])),
        {
          noNullPrototype: true,
        },
      );
    case 'enum':
      return fc.oneof(
        ...shape.variants.map(({ name, payload }) =>
          payload ? arbitraryValue(payload).map((value) => ({ [name]: value })) : fc.constant(name),
        ),
      );
    default:
      return arbitraryLeaf(shape);
  }
}

function arbitraryLeaf(shape: LeafShape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'u8':
      return fc.integer({ min: 0, max: 0xff });
    case 'u16':
      return fc.integer({ min: 0, max: 0xffff });
    case 'u32':
      return fc.integer({ min: 0, max: 0xffff_ffff });
    case 'i32':
      return fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
    case 'u64':
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case 'i64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'f32':
      return fc.float({ noNaN: true });
    case 'f64':
      return fc.double({ noNaN: true });
    case 'bool':
    case 'smallBool':
      return fc.boolean();
    case 'pubkey':
      return fc.uint8Array({ minLength: 32, maxLength: 32 });
    case 'byteArray':
      return fc.uint8Array({ minLength: shape.length, maxLength: shape.length });
    case 'fixedString':
      return fc
        .string({ unit: anyCharacter, maxLength: shape.length })
        .filter((text) => !text.includes('\0') && new TextEncoder().encode(text).length <= shape.length);
  }
}
