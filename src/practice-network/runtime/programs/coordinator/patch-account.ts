import { type Source, sourceOf, writeLeaf } from '#core/codec/leaf.ts';
import type { MemoryNode } from '#core/codec/memory-layout.ts';
import { refusingAsAppError } from '#core/codec/refusal.ts';
import { coordinatorLayout } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';

/** Bytes of the discriminator before the struct. */
const START = 8;

/**
 * The account's bytes with what an operation changed. Parts that are still the same objects are not looked at, so an
 * instruction that sets a flag writes a few bytes of 119,160; bytes no field covers stay as they were.
 *
 * @throws AppError `codec/…` when a number no longer fits, where the program aborts on overflow
 */
export function patchedAccount(bytes: Uint8Array, before: CoordinatorAccount, after: CoordinatorAccount): Uint8Array {
  const patched = bytes.slice();
  refusingAsAppError(() => patch(coordinatorLayout, before, after, sourceOf(patched), START));
  return patched;
}

/** @param before - the value at this place, or `undefined` for a place that holds none (all zero, or something else) */
function patch(node: MemoryNode, before: unknown, after: unknown, target: Source, at: number): void {
  if (Object.is(before, after)) return;
  switch (node.kind) {
    case 'leaf':
      if (node.leaf.kind === 'fixedString') writeText(String(after), node.size, target, at);
      else writeLeaf(node.leaf, after, target, at);
      return;
    case 'struct':
      for (const { name, offset, node: field } of node.fields) {
        patch(field, fieldOf(before, name), fieldOf(after, name), target, at + offset);
      }
      return;
    case 'array':
      return patchItems(node.item, listOf(before), listOf(after), target, at);
    case 'fixedVec': {
      const items = listOf(after);
      patchItems(node.item, listOf(before), items, target, at);
      return target.view.setBigUint64(at + node.lengthOffset, BigInt(items.length), true);
    }
    case 'option':
      if (after === null) {
        target.bytes.fill(0, at, at + node.size);
        return;
      }
      writeTag(target, at, node.tagSize, 1);
      return patch(node.item, before === null ? undefined : before, after, target, at + node.valueOffset);
    case 'enum':
      return patchEnum(node, before, after, target, at);
  }
}

function patchItems(
  item: MemoryNode,
  before: readonly unknown[],
  after: readonly unknown[],
  target: Source,
  at: number,
): void {
  after.forEach((value, index) => patch(item, before[index], value, target, at + index * item.size));
  if (before.length > after.length) {
    target.bytes.fill(0, at + after.length * item.size, at + before.length * item.size);
  }
}

function patchEnum(
  node: Extract<MemoryNode, { kind: 'enum' }>,
  before: unknown,
  after: unknown,
  target: Source,
  at: number,
): void {
  const name = variantOf(after);
  const isSame = before !== undefined && variantOf(before) === name;
  if (!isSame) target.bytes.fill(0, at, at + node.size);
  const index = node.variants.findIndex((variant) => variant.name === name);
  writeTag(target, at, node.tagSize, index);
  const payload = node.variants[index]?.payload;
  if (payload === undefined) return;
  patch(payload, isSame ? fieldOf(before, name) : undefined, fieldOf(after, name), target, at + node.unionOffset);
}

/**
 * Text that was cut inside a character reads back with U+FFFD, which can take more bytes than were cut: it is cut again at
 * the same place and reads back the same.
 */
function writeText(text: string, sizeBytes: number, { bytes }: Source, at: number): void {
  bytes.fill(0, at, at + sizeBytes);
  bytes.set(new TextEncoder().encode(text).subarray(0, sizeBytes), at);
}

function writeTag({ view }: Source, at: number, sizeBytes: number, tag: number): void {
  if (sizeBytes === 1) view.setUint8(at, tag);
  else view.setUint32(at, tag, true);
}

function variantOf(value: unknown): string {
  return typeof value === 'string' ? value : (Object.keys(value as object)[0] ?? '');
}

function fieldOf(value: unknown, name: string): unknown {
  return value === undefined ? undefined : (value as Readonly<Record<string, unknown>>)[name];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
