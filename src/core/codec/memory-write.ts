import { writeLeaf, type Source } from './leaf.ts';
import type { MemoryNode } from './memory-layout.ts';
import { rethrowWithin } from './refusal.ts';
import { listOf, listUpTo, structOf, variantOf } from './values.ts';

/**
 * Writes a value at a byte offset of a zeroed target. What no active field covers stays zero.
 *
 * @throws Refusal what `encodeBorsh` refuses
 */
export function writeMemory(node: MemoryNode, value: unknown, target: Source, at: number): void {
  switch (node.kind) {
    case 'leaf':
      return writeLeaf(node.leaf, value, target, at);
    case 'struct': {
      const fields = structOf(node.shape, value);
      for (const { name, offset, node: field } of node.fields) {
        writeWithin(name, field, fields[name], target, at + offset);
      }
      return;
    }
    case 'array':
      return writeItems(node.item, listOf(value, node.count), target, at);
    case 'fixedVec': {
      const items = listUpTo(value, node.capacity);
      writeItems(node.item, items, target, at);
      return target.view.setBigUint64(at + node.lengthOffset, BigInt(items.length), true);
    }
    case 'option':
      if (value === null) return;
      writeTag(target, at, node.tagSize, 1);
      return writeMemory(node.item, value, target, at + node.valueOffset);
    case 'enum': {
      const { index, variant, payload } = variantOf(node.shape, value);
      writeTag(target, at, node.tagSize, index);
      const payloadNode = node.variants[index]?.payload;
      if (payloadNode) writeWithin(variant.name, payloadNode, payload, target, at + node.unionOffset);
    }
  }
}

function writeItems(item: MemoryNode, items: readonly unknown[], target: Source, at: number): void {
  items.forEach((value, index) => writeWithin(`[${index}]`, item, value, target, at + index * item.size));
}

function writeWithin(segment: string, node: MemoryNode, value: unknown, target: Source, at: number): void {
  try {
    writeMemory(node, value, target, at);
  } catch (error) {
    rethrowWithin(segment, error);
  }
}

function writeTag({ view }: Source, at: number, size: number, tag: number): void {
  if (size === 1) view.setUint8(at, tag);
  else view.setUint32(at, tag, true);
}
