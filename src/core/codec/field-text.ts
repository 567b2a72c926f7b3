import { bytesToHex } from '@noble/hashes/utils.js';
import { addressFromBytes } from '#core/solana/address.ts';
import type { FieldNode } from './field-node.ts';

/** The value of a field as text to show or copy: keys and hashes in base58, other bytes in hex; empty for a field with parts only. */
export function fieldText({ type, value }: FieldNode): string {
  if (value === null) return 'none';
  if (value instanceof Uint8Array) return /\b(pubkey|Hash)\b/.test(type) ? addressFromBytes(value) : bytesToHex(value);
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return value.toString();
    default:
      return '';
  }
}
