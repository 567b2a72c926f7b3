import { childPath, type FieldNode } from './field-node.ts';
import { leafReader, type Source } from './leaf.ts';
import type { MemoryNode } from './memory-layout.ts';
import { activeVariant, isSome, usedLength } from './memory-read.ts';
import { refusingAsAppError } from './refusal.ts';
import { typeName } from './type-name.ts';

type Spot = { readonly node: MemoryNode; readonly at: number; readonly path: string; readonly name: string };

/**
 * The fields of a memory layout with their byte ranges. Children are read when first asked for, so a tree over a whole
 * account costs nothing until it is opened. Only used slots and active variants appear.
 *
 * @throws AppError (also when children are asked for) what `compileReader` refuses
 */
export function memoryTree(source: Source, spot: Spot): FieldNode {
  const { node, at, path, name } = spot;
  const field = { path, name, type: typeName(node.shape), start: at, end: at + node.size };
  switch (node.kind) {
    case 'leaf':
      return { ...field, value: refusingAsAppError(() => leafReader(node.leaf)(source, at)) };
    case 'option': {
      if (!refusingAsAppError(() => isSome(node, source, at))) return { ...field, value: null };
      return rerooted(memoryTree(source, { ...spot, node: node.item, at: at + node.valueOffset }), field);
    }
    case 'enum': {
      const { name: variant, payload } = refusingAsAppError(() => activeVariant(node, source, at));
      if (!payload) return { ...field, value: variant };
      const child = { node: payload, at: at + node.unionOffset, path: childPath(path, variant), name: variant };
      return { ...field, value: variant, children: [memoryTree(source, child)] };
    }
    case 'struct':
    case 'array':
    case 'fixedVec': {
      let children: readonly FieldNode[] | undefined;
      return {
        ...field,
        get children() {
          children ??= childSpots(source, { node, at, path }).map((child) => memoryTree(source, child));
          return children;
        },
      };
    }
  }
}

type Parent = {
  readonly node: Extract<MemoryNode, { kind: 'struct' | 'array' | 'fixedVec' }>;
  readonly at: number;
  readonly path: string;
};

function childSpots(source: Source, { node, at, path }: Parent): Spot[] {
  const items = (item: MemoryNode, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const name = `[${index}]`;
      return { node: item, at: at + index * item.size, path: childPath(path, name), name };
    });
  if (node.kind === 'struct') {
    return node.fields.map(({ name, offset, node: field }) => ({
      node: field,
      at: at + offset,
      path: childPath(path, name),
      name,
    }));
  }
  if (node.kind === 'array') return items(node.item, node.count);
  return items(
    node.item,
    refusingAsAppError(() => usedLength(node, source, at)),
  );
}

/** A field over its value's field: a some option covers its tag too. */
function rerooted(value: FieldNode, field: FieldNode): FieldNode {
  const parts = {
    ...('value' in value && { value: value.value }),
    ...(value.children && { children: value.children }),
  };
  return { ...field, ...parts };
}
