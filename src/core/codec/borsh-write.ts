import { isLeaf, leafSize, sourceOf, writeLeaf, type Source } from './leaf.ts';
import { refusingAsAppError, rethrowWithin } from './refusal.ts';
import type { Shape } from './shape.ts';
import { encodeText } from './text.ts';
import { bytesOf, listOf, listUpTo, structOf, variantOf } from './values.ts';

/** Where the next byte goes. The buffer grows; its unwritten part is zero. */
type Output = { target: Source; length: number };

/**
 * A value in strict Borsh, after `prefix`.
 *
 * @throws AppError `codec/wrong-type`, `codec/out-of-range`, `codec/not-a-number`, `codec/missing-field`,
 *   `codec/unknown-field`, `codec/wrong-length`, `codec/too-many-items`, `codec/text-too-long`,
 *   `codec/text-not-storable`, `codec/unknown-variant`
 */
export function encodeBorsh(shape: Shape, value: unknown, prefix: Uint8Array): Uint8Array {
  const output: Output = { target: sourceOf(new Uint8Array(256)), length: 0 };
  appendBytes(output, prefix);
  refusingAsAppError(() => write(shape, value, output));
  return output.target.bytes.slice(0, output.length);
}

function write(shape: Shape, value: unknown, output: Output): void {
  if (isLeaf(shape)) {
    const at = claim(output, leafSize(shape));
    return writeLeaf(shape, value, output.target, at);
  }
  switch (shape.kind) {
    case 'string': {
      const text = encodeText(value);
      appendCount(output, text.length);
      return appendBytes(output, text);
    }
    case 'bytes': {
      const bytes = bytesOf(value);
      appendCount(output, bytes.length);
      return appendBytes(output, bytes);
    }
    case 'array':
      return writeItems(shape.item, listOf(value, shape.length), output);
    case 'vec': {
      const items = listOf(value);
      appendCount(output, items.length);
      return writeItems(shape.item, items, output);
    }
    case 'fixedVec': {
      const items = listUpTo(value, shape.capacity);
      writeItems(shape.item, items, output);
      claim(output, fixedSize(shape.item) * (shape.capacity - items.length));
      const at = claim(output, 8);
      return output.target.view.setBigUint64(at, BigInt(items.length), true);
    }
    case 'option':
      if (value === null) return appendByte(output, 0);
      appendByte(output, 1);
      return write(shape.item, value, output);
    case 'struct': {
      const fields = structOf(shape, value);
      for (const { name, shape: field } of shape.fields) writeWithin(name, field, fields[name], output);
      return;
    }
    case 'enum': {
      const { index, variant, payload } = variantOf(shape, value);
      appendByte(output, index);
      if (variant.payload) writeWithin(variant.name, variant.payload, payload, output);
    }
  }
}

function writeItems(item: Shape, items: readonly unknown[], output: Output): void {
  items.forEach((value, index) => writeWithin(`[${index}]`, item, value, output));
}

function writeWithin(segment: string, shape: Shape, value: unknown, output: Output): void {
  try {
    write(shape, value, output);
  } catch (error) {
    rethrowWithin(segment, error);
  }
}

/** Bytes of a type that always takes the same: what the items of a FixedVec are. */
function fixedSize(shape: Shape): number {
  if (isLeaf(shape)) return leafSize(shape);
  if (shape.kind === 'struct') return shape.fields.reduce((sum, field) => sum + fixedSize(field.shape), 0);
  if (shape.kind === 'array') return shape.length * fixedSize(shape.item);
  if (shape.kind === 'enum' && shape.variants.every(({ payload }) => payload === undefined)) return 1;
  throw new TypeError(`${shape.kind} has no fixed size in Borsh`);
}

/** Reserves zeroed bytes and says where they start. */
function claim(output: Output, count: number): number {
  const at = output.length;
  output.length += count;
  if (output.length > output.target.bytes.length) {
    const grown = new Uint8Array(output.length * 2);
    grown.set(output.target.bytes);
    output.target = sourceOf(grown);
  }
  return at;
}

function appendByte(output: Output, value: number): void {
  const at = claim(output, 1);
  output.target.view.setUint8(at, value);
}

function appendCount(output: Output, count: number): void {
  const at = claim(output, 4);
  output.target.view.setUint32(at, count, true);
}

function appendBytes(output: Output, bytes: Uint8Array): void {
  const at = claim(output, bytes.length);
  output.target.bytes.set(bytes, at);
}
