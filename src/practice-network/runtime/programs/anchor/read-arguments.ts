import { isLeaf, leafReader, leafSize, type Source, sourceOf } from '#core/codec/leaf.ts';
import type { Shape, StructShape } from '#core/codec/shape.ts';

/**
 * Reads instruction arguments as Rust's Borsh does, which takes what the app's strict decoder refuses: bytes after the
 * arguments, text after a NUL, a FixedVec longer than its room.
 *
 * @returns `undefined` when the bytes do not decode
 */
export function readArguments(shape: StructShape, data: Uint8Array, start: number): unknown {
  try {
    return read(shape, { ...sourceOf(data), at: start });
  } catch {
    return undefined;
  }
}

/**
 * Where the first `count` fields of a struct end. A program that hands them on writes the very bytes it read.
 *
 * @param start - where the struct begins, in bytes that {@link readArguments} accepted
 */
export function endOfFields({ fields }: StructShape, count: number, data: Uint8Array, start: number): number {
  const input = { ...sourceOf(data), at: start };
  for (const { shape } of fields.slice(0, count)) read(shape, input);
  return input.at;
}

type Input = Source & { at: number };

function read(shape: Shape, input: Input): unknown {
  if (isLeaf(shape)) return leafReader(shape)(input, take(input, leafSize(shape)));
  switch (shape.kind) {
    case 'string':
      return utf8.decode(takeCounted(input));
    case 'bytes':
      return takeCounted(input).slice();
    case 'array':
      return readItems(shape.item, shape.length, input);
    case 'vec':
      return readItems(shape.item, input.view.getUint32(take(input, 4), true), input);
    case 'fixedVec': {
      const slots = readItems(shape.item, shape.capacity, input);
      const length = input.view.getBigUint64(take(input, 8), true);
      return length < BigInt(slots.length) ? slots.slice(0, Number(length)) : slots;
    }
    case 'option':
      return takeTag(input, 2) === 0 ? null : read(shape.item, input);
    case 'struct':
      return Object.fromEntries(shape.fields.map((field) => [field.name, read(field.shape, input)]));
    case 'enum': {
      const variant = shape.variants[takeTag(input, shape.variants.length)];
      if (variant?.payload === undefined) return variant?.name;
      return { [variant.name]: read(variant.payload, input) };
    }
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readItems(item: Shape, count: number, input: Input): unknown[] {
  const items: unknown[] = [];
  for (let index = 0; index < count; index += 1) items.push(read(item, input));
  return items;
}

function take(input: Input, count: number): number {
  const { at } = input;
  if (at + count > input.bytes.length) throw new RangeError('too few bytes');
  input.at = at + count;
  return at;
}

function takeCounted(input: Input): Uint8Array {
  const length = input.view.getUint32(take(input, 4), true);
  const at = take(input, length);
  return input.bytes.subarray(at, at + length);
}

function takeTag(input: Input, count: number): number {
  const tag = input.view.getUint8(take(input, 1));
  if (tag >= count) throw new RangeError('unknown tag');
  return tag;
}
