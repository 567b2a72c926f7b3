import { AppError } from '#core/errors/app-error.ts';
import { checkLength } from './borsh-read.ts';
import { leafReader, type LeafReader, type Source } from './leaf.ts';
import type { MemoryNode } from './memory-layout.ts';
import { refuse, rethrowWithin } from './refusal.ts';

/** Reads the value of a node that starts at a byte offset. */
export type MemoryReader = (source: Source, at: number) => unknown;

/**
 * Compiles a layout into one function, once: reading then follows fixed offsets and allocates nothing but the result.
 * Unused slots, padding and inactive variants are never looked at (PROTOCOL §5.3).
 *
 * @throws Refusal (from the reader) `codec/invalid-bool`, `codec/invalid-option`, `codec/invalid-tag`,
 *   `codec/invalid-length`, `codec/stored-nan`
 */
export function compileReader(node: MemoryNode): MemoryReader {
  switch (node.kind) {
    case 'leaf':
      return leafReader(node.leaf);
    case 'struct':
      return structReader(node);
    case 'array': {
      const read = listReader(node.item);
      return (source, at) => read(source, at, node.count);
    }
    case 'fixedVec': {
      const read = listReader(node.item);
      return (source, at) => read(source, at, usedLength(node, source, at));
    }
    case 'option': {
      const read = compileReader(node.item);
      return (source, at) => (isSome(node, source, at) ? read(source, at + node.valueOffset) : null);
    }
    case 'enum':
      return enumReader(node);
  }
}

/**
 * How many slots of a FixedVec are in use.
 *
 * @throws Refusal `codec/invalid-length`
 */
export function usedLength(node: Extract<MemoryNode, { kind: 'fixedVec' }>, { view }: Source, at: number): number {
  const offset = at + node.lengthOffset;
  return checkLength(view.getBigUint64(offset, true), node.capacity, offset);
}

/**
 * Whether an option holds a value.
 *
 * @throws Refusal `codec/invalid-option`
 */
export function isSome(node: Extract<MemoryNode, { kind: 'option' }>, source: Source, at: number): boolean {
  const value = readTag(source, at, node.tagSize);
  if (value > 1) refuse((path) => new AppError('codec/invalid-option', { path, offset: at, value }));
  return value === 1;
}

/**
 * The variant that an enum holds.
 *
 * @throws Refusal `codec/invalid-tag`
 */
export function activeVariant(node: Extract<MemoryNode, { kind: 'enum' }>, source: Source, at: number) {
  const value = readTag(source, at, node.tagSize);
  const { type } = node;
  return node.variants[value] ?? refuse((path) => new AppError('codec/invalid-tag', { path, offset: at, value, type }));
}

function readTag({ view }: Source, at: number, size: number): number {
  return size === 1 ? view.getUint8(at) : view.getUint32(at, true);
}

function structReader({ fields }: Extract<MemoryNode, { kind: 'struct' }>): MemoryReader {
  const steps = fields.map(({ name, offset, node }) => ({ name, offset, read: compileReader(node) }));
  return (source, at) => {
    const result: Record<string, unknown> = {};
    let current = '';
    try {
      for (const { name, offset, read } of steps) {
        current = name;
        result[name] = read(source, at + offset);
      }
    } catch (error) {
      rethrowWithin(current, error);
    }
    return result;
  };
}

function enumReader(node: Extract<MemoryNode, { kind: 'enum' }>): MemoryReader {
  const payloads = new Map<string, MemoryReader>();
  for (const { name, payload } of node.variants) if (payload) payloads.set(name, compileReader(payload));
  return (source, at) => {
    const { name } = activeVariant(node, source, at);
    const read = payloads.get(name);
    if (!read) return name;
    try {
      return { [name]: read(source, at + node.unionOffset) };
    } catch (error) {
      return rethrowWithin(name, error);
    }
  };
}

function listReader(item: MemoryNode): (source: Source, at: number, count: number) => unknown[] {
  if (item.kind === 'leaf' && item.leaf.kind === 'u64') return readU64List;
  const read: LeafReader = compileReader(item);
  const stride = item.size;
  return (source, at, count) => {
    const result: unknown[] = [];
    let i = 0;
    try {
      for (; i < count; i++) result.push(read(source, at + i * stride));
    } catch (error) {
      rethrowWithin(`[${i}]`, error);
    }
    return result;
  };
}

/** The bulk of an account is Bloom filters: lists of u64 get a loop of their own. */
function readU64List({ view }: Source, at: number, count: number): bigint[] {
  const result: bigint[] = [];
  for (let i = 0; i < count; i++) result.push(view.getBigUint64(at + i * 8, true));
  return result;
}
