import { AppError } from '#core/errors/app-error.ts';
import type { MemoryNode } from './memory-layout.ts';

/** A place in a layout: the node found there and its absolute byte offset. */
export type Place = { readonly node: MemoryNode; readonly at: number };

/** A used length: u64 after the slots of a FixedVec, reached as `clients.length`. */
const LENGTH: MemoryNode = { kind: 'leaf', shape: { kind: 'u64' }, leaf: { kind: 'u64' }, size: 8, align: 8 };

/**
 * Finds a field by path, such as `state.coordinator.epoch_state.clients[3].id.signer`. Variants are entered by their
 * name, options without a segment of their own.
 *
 * @param at - absolute offset of `root`
 * @throws AppError `codec/unknown-path`
 */
export function findPlace(root: MemoryNode, at: number, path: string): Place {
  const segments = path.match(/\[\d+\]|[^.[\]]+/g) ?? [];
  return segments.reduce<Place>(
    (place, segment) => {
      const next = step(place, segment);
      if (!next) throw new AppError('codec/unknown-path', { path });
      return next;
    },
    { node: root, at },
  );
}

function step({ node, at }: Place, segment: string): Place | undefined {
  switch (node.kind) {
    case 'leaf':
      return undefined;
    case 'struct': {
      const field = node.fields.find(({ name }) => name === segment);
      return field && { node: field.node, at: at + field.offset };
    }
    case 'array':
      return item(node.item, node.count, at, segment);
    case 'fixedVec':
      if (segment === 'length') return { node: LENGTH, at: at + node.lengthOffset };
      return item(node.item, node.capacity, at, segment);
    case 'option':
      return step({ node: node.item, at: at + node.valueOffset }, segment);
    case 'enum': {
      const payload = node.variants.find(({ name }) => name === segment)?.payload;
      return payload && { node: payload, at: at + node.unionOffset };
    }
  }
}

function item(node: MemoryNode, count: number, at: number, segment: string): Place | undefined {
  const index = /^\[\d+\]$/.test(segment) ? Number(segment.slice(1, -1)) : Number.NaN;
  return index < count ? { node, at: at + index * node.size } : undefined;
}
