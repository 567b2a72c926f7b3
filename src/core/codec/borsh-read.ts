import { AppError } from '#core/errors/app-error.ts';
import { childPath, type FieldNode } from './field-node.ts';
import { isLeaf, leafReader, leafSize, refuseHiddenText, sourceOf, type Source } from './leaf.ts';
import { refuse, refusingAsAppError, rethrowWithin } from './refusal.ts';
import type { Shape } from './shape.ts';
import { decodeText } from './text.ts';
import { typeName } from './type-name.ts';

/** A decoded value and the byte ranges it came from. */
type Decoded = { readonly value: unknown; readonly node: FieldNode };

type Input = Source & { at: number };

/**
 * Reads strict Borsh from `start` to the end of `bytes`. Byte values are views of `bytes`. `fields`: its parts, none for a value
 * without any; `end`: the byte after it.
 *
 * @param allowTrailing - bytes after the value are accepted: programs allocate more than they use
 * @throws AppError `codec/too-short`, `codec/trailing-bytes`, `codec/invalid-bool`, `codec/invalid-option`,
 *   `codec/invalid-tag`, `codec/invalid-length`, `codec/invalid-utf8`, `codec/hidden-text`, `codec/stored-nan`
 */
export function decodeBorsh(
  shape: Shape,
  bytes: Uint8Array,
  start: number,
  allowTrailing: boolean,
): { readonly value: unknown; readonly fields: readonly FieldNode[]; readonly end: number } {
  return refusingAsAppError(() => {
    const input: Input = { ...sourceOf(bytes), at: start };
    const { value, node } = read(shape, input, '', '');
    const extra = bytes.length - input.at;
    if (extra > 0 && !allowTrailing) {
      refuse((path) => new AppError('codec/trailing-bytes', { path, offset: input.at, extra }));
    }
    return { value, fields: node.children ?? [], end: node.end };
  });
}

function read(shape: Shape, input: Input, path: string, name: string): Decoded {
  const start = input.at;
  const finish = (value: unknown, parts: Partial<FieldNode>): Decoded => ({
    value,
    node: { path, name, type: typeName(shape), start, end: input.at, ...parts },
  });
  const leaf = (value: unknown) => finish(value, { value });

  if (isLeaf(shape)) {
    const at = take(input, leafSize(shape));
    refuseHiddenText(shape, input, at);
    return leaf(leafReader(shape)(input, at));
  }
  switch (shape.kind) {
    case 'string': {
      const at = takeCounted(input);
      return leaf(decodeText(input.bytes, at, input.at));
    }
    case 'bytes': {
      const at = takeCounted(input);
      return leaf(input.bytes.subarray(at, input.at));
    }
    case 'array': {
      const items = readItems(shape.item, shape.length, input, path);
      return finish(items.map(valueOf), { children: items.map(nodeOf) });
    }
    case 'vec': {
      const at = take(input, 4);
      const count = input.view.getUint32(at, true);
      const items = readItems(shape.item, count, input, path);
      return finish(items.map(valueOf), { children: items.map(nodeOf) });
    }
    case 'fixedVec': {
      const slots = readItems(shape.item, shape.capacity, input, path);
      const at = take(input, 8);
      const used = slots.slice(0, checkLength(input.view.getBigUint64(at, true), shape.capacity, at));
      return finish(used.map(valueOf), { children: used.map(nodeOf) });
    }
    case 'option': {
      const tag = takeByte(input);
      if (tag === 0) return leaf(null);
      if (tag !== 1) refuse((at) => new AppError('codec/invalid-option', { path: at, offset: start, value: tag }));
      const { value, node } = read(shape.item, input, path, name);
      return { value, node: { ...node, type: typeName(shape), start } };
    }
    case 'struct': {
      const fields = shape.fields.map((field) => readWithin(field.name, field.shape, input, path));
      const value = Object.fromEntries(fields.map((field) => [field.node.name, field.value]));
      return finish(value, { children: fields.map(nodeOf) });
    }
    case 'enum': {
      const tag = takeByte(input);
      const variant = shape.variants[tag];
      if (!variant) {
        const type = shape.type;
        return refuse((at) => new AppError('codec/invalid-tag', { path: at, offset: start, value: tag, type }));
      }
      if (!variant.payload) return leaf(variant.name);
      const payload = readWithin(variant.name, variant.payload, input, path);
      return finish({ [variant.name]: payload.value }, { value: variant.name, children: [payload.node] });
    }
  }
}

function readItems(item: Shape, count: number, input: Input, path: string): Decoded[] {
  const items: Decoded[] = [];
  for (let i = 0; i < count; i++) items.push(readWithin(`[${i}]`, item, input, path));
  return items;
}

function readWithin(segment: string, shape: Shape, input: Input, path: string): Decoded {
  try {
    return read(shape, input, childPath(path, segment), segment);
  } catch (error) {
    return rethrowWithin(segment, error);
  }
}

/** Moves past `count` bytes and says where they start. */
function take(input: Input, count: number): number {
  const offset = input.at;
  const available = input.bytes.length - offset;
  if (count > available) {
    refuse((path) => new AppError('codec/too-short', { path, offset, needed: count, available }));
  }
  input.at = offset + count;
  return offset;
}

function takeByte(input: Input): number {
  const at = take(input, 1);
  return input.view.getUint8(at);
}

/** Moves past a u32 count and that many bytes, and says where these start. */
function takeCounted(input: Input): number {
  const at = take(input, 4);
  return take(input, input.view.getUint32(at, true));
}

/**
 * The used length of a FixedVec.
 *
 * @throws Refusal `codec/invalid-length`
 */
export function checkLength(length: bigint, capacity: number, offset: number): number {
  if (length > BigInt(capacity)) {
    refuse((path) => new AppError('codec/invalid-length', { path, offset, length: length.toString(), capacity }));
  }
  return Number(length);
}

const valueOf = (decoded: Decoded) => decoded.value;
const nodeOf = (decoded: Decoded) => decoded.node;
