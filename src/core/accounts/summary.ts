import type { FieldNode } from '#core/codec/field-node.ts';
import { fieldText } from '#core/codec/field-text.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { safeText } from '#core/units/safe-text.ts';
import type { SummaryLine } from './account-kind.ts';

/** A summary line with text from the chain, made safe to show. */
export function textLine(label: string, value: string | number | bigint): SummaryLine {
  return { label, kind: 'text', value: safeText(value.toString()).text };
}

/** A summary line with an address. */
export function addressLine(label: string, bytes: Uint8Array): SummaryLine {
  return { label, kind: 'address', value: addressFromBytes(bytes) };
}

/** “name” for a title; a name without any character says so. */
export function quoted(name: string): string {
  return name === '' ? '(empty name)' : `“${safeText(name).text}”`;
}

/** A summary line with a decoded field: an address when it holds one. */
export function nodeLine(label: string, fields: readonly FieldNode[], name: string): SummaryLine {
  const field = fields.find((each) => each.name === name);
  if (field?.value instanceof Uint8Array && field.type.includes('pubkey')) return addressLine(label, field.value);
  return textLine(label, field ? fieldText(field) : '');
}
