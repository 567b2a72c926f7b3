import { bytesToHex } from '@noble/hashes/utils.js';
import type { FieldNode } from '#core/codec/field-node.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { safeText } from '#core/units/safe-text.ts';
import type { ReviewedField } from '../review.ts';

/** Decoded arguments → the lines a review shows, in byte order, one per value. */
export function fieldsOf(
  nodes: readonly FieldNode[],
  data: Uint8Array,
  noteFor: (address: Address) => string | undefined,
): ReviewedField[] {
  return nodes.flatMap((node) => {
    const parts = node.children ?? [];
    const own = node.value !== undefined || (parts.length === 0 && node.end > node.start);
    const end = parts[0]?.start ?? node.end;
    const line = own ? [{ ...describe(node, data, noteFor), end }] : [];
    return [...line, ...fieldsOf(parts, data, noteFor)];
  });
}

function describe(node: FieldNode, data: Uint8Array, noteFor: (address: Address) => string | undefined): ReviewedField {
  const place = { label: labelOf(node.path), path: node.path, start: node.start, end: node.end };
  const { value } = node;
  if (value instanceof Uint8Array && node.type === 'pubkey') {
    const address = addressFromBytes(value);
    const note = noteFor(address);
    return { ...place, value: address, ...(note === undefined ? {} : { note }) };
  }
  if (value instanceof Uint8Array) return { ...place, value: bytesToHex(value) };
  if (typeof value === 'string') {
    const { text, hasHidden } = safeText(value);
    if (!hasHidden) return { ...place, value: text };
    const hex = bytesToHex(data.subarray(node.start, node.end));
    return { ...place, value: text, note: 'contains hidden characters', hex };
  }
  return { ...place, value: plainText(value, node.type) };
}

function plainText(value: unknown, type: string): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : numberText(value, type);
  return String(value);
}

/** An f32 in the fewest digits that give it back; other numbers as they are. */
function numberText(value: number, type: string): string {
  if (type !== 'f32' || !Number.isFinite(value)) return String(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

/** `params.run_id` → “Run id”; `params.delegates_added[2]` → “Delegates added 3”. */
function labelOf(path: string): string {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const words = last.replace(/\[(\d+)\]/g, (_, index: string) => ` ${Number(index) + 1}`).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
