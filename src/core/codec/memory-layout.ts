import { AppError } from '#core/errors/app-error.ts';
import { isLeaf, leafSize } from './leaf.ts';
import type { EnumShape, LeafShape, Shape, StructShape } from './shape.ts';

/** How a type lies in memory. `size` and `align` in bytes; offsets count from the start of the node. */
export type MemoryNode = { readonly shape: Shape; readonly size: number; readonly align: number } & (
  | { readonly kind: 'leaf'; readonly leaf: LeafShape }
  | { readonly kind: 'struct'; readonly shape: StructShape; readonly fields: readonly MemoryField[] }
  | { readonly kind: 'array'; readonly count: number; readonly item: MemoryNode }
  | { readonly kind: 'fixedVec'; readonly capacity: number; readonly lengthOffset: number; readonly item: MemoryNode }
  | { readonly kind: 'option'; readonly tagSize: number; readonly valueOffset: number; readonly item: MemoryNode }
  | {
      readonly kind: 'enum';
      readonly shape: EnumShape;
      readonly type: string;
      readonly tagSize: number;
      readonly unionOffset: number;
      readonly variants: readonly { readonly name: string; readonly payload?: MemoryNode }[];
    }
);

export type MemoryField = { readonly name: string; readonly offset: number; readonly node: MemoryNode };

/** What the rules of `repr(C)` do not tell, by type name. */
export type MemoryExceptions = {
  /** Bytes of the tag of an enum; 4 unless listed. */
  readonly tagSizes: Readonly<Record<string, number>>;
  /** Order of the fields in memory where it is not the declared one. */
  readonly fieldOrders: Readonly<Record<string, readonly string[]>>;
};

/** Bytes of an enum's tag under `repr(C)`. Source: PROTOCOL §5.3. */
const TAG_SIZE = 4;

/**
 * Lays a shape out as `repr(C)` does: fields in order, each at a multiple of its alignment; enums as a tag before a
 * union; a FixedVec's u64 length after its last slot; an option's tag as wide as the alignment of its value.
 *
 * @throws AppError `codec/malformed-idl` for a type without a fixed size, or an order that is not one of all fields
 */
export function layOut(shape: Shape, exceptions: MemoryExceptions): MemoryNode {
  const lay = (part: Shape) => layOut(part, exceptions);
  if (isLeaf(shape)) {
    return { kind: 'leaf', shape, leaf: shape, size: leafSize(shape), align: leafAlign(shape) };
  }
  switch (shape.kind) {
    case 'struct':
      return layOutStruct(shape, exceptions);
    case 'array': {
      const item = lay(shape.item);
      return { kind: 'array', shape, count: shape.length, item, size: item.size * shape.length, align: item.align };
    }
    case 'fixedVec': {
      const item = lay(shape.item);
      const align = Math.max(item.align, 8);
      const lengthOffset = roundUp(item.size * shape.capacity, 8);
      const { capacity } = shape;
      return { kind: 'fixedVec', shape, capacity, lengthOffset, item, size: roundUp(lengthOffset + 8, align), align };
    }
    case 'option': {
      const item = lay(shape.item);
      const { align } = item;
      return { kind: 'option', shape, tagSize: align, valueOffset: align, item, size: align + item.size, align };
    }
    case 'enum': {
      const variants = shape.variants.map(({ name, payload }) =>
        payload ? { name, payload: lay(payload) } : { name },
      );
      const payloads = variants.flatMap(({ payload }) => payload ?? []);
      const tagSize = exceptions.tagSizes[shape.type] ?? TAG_SIZE;
      const align = Math.max(tagSize, ...payloads.map((payload) => payload.align));
      const unionOffset = roundUp(tagSize, align);
      const size = payloads.length === 0 ? tagSize : unionOffset + Math.max(...payloads.map((payload) => payload.size));
      const { type } = shape;
      return { kind: 'enum', shape, type, tagSize, unionOffset, variants, size: roundUp(size, align), align };
    }
    case 'string':
    case 'bytes':
    case 'vec':
      throw new AppError('codec/malformed-idl', { reason: `${shape.kind} in a zero-copy type` });
  }
}

function layOutStruct(shape: StructShape, exceptions: MemoryExceptions): MemoryNode {
  const order = exceptions.fieldOrders[shape.type] ?? shape.fields.map(({ name }) => name);
  const placed = new Map<string, MemoryField>();
  let end = 0;
  let align = 1;
  for (const name of order) {
    const field = shape.fields.find((each) => each.name === name);
    if (!field) throw new AppError('codec/malformed-idl', { reason: `${shape.type} has no field ${name}` });
    const node = layOut(field.shape, exceptions);
    const offset = roundUp(end, node.align);
    placed.set(name, { name, offset, node });
    end = offset + node.size;
    align = Math.max(align, node.align);
  }
  const fields = shape.fields.map(({ name }) => placed.get(name) ?? unplaced(shape.type, name));
  return { kind: 'struct', shape, fields, size: roundUp(end, align), align };
}

function unplaced(type: string, name: string): never {
  throw new AppError('codec/malformed-idl', { reason: `the order of ${type} leaves out ${name}` });
}

/** Text and byte arrays align to 1, numbers to their own size. */
function leafAlign(leaf: LeafShape): number {
  return leaf.kind === 'byteArray' || leaf.kind === 'fixedString' || leaf.kind === 'pubkey' ? 1 : leafSize(leaf);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
