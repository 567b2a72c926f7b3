import { bytesToHex } from '@noble/hashes/utils.js';
import { AppError } from '#core/errors/app-error.ts';
import { ADDRESS_BYTES, type Address, addressFromBytes } from '#core/solana/address.ts';
import { safeText } from '#core/units/safe-text.ts';
import type { ReviewedField } from '../review.ts';

/** Reads instruction data front to back; every read adds the field that shows it. Numbers are little-endian. */
export type FieldReader = {
  readonly fields: readonly ReviewedField[];
  readonly u8: (label: string, path: string, note?: (value: number) => string | undefined) => number;
  readonly u32: (label: string, path: string) => number;
  readonly u64: (label: string, path: string, note?: (value: bigint) => string) => bigint;
  readonly address: (label: string, path: string) => Address;
  /** One byte 0 or 1, then an address when 1. */
  readonly optionalAddress: (label: string, path: string) => Address | undefined;
  /** A u64 length and UTF-8, as the System program carries seeds. */
  readonly seed: (label: string, path: string) => string;
  /** UTF-8 to the end of the data. */
  readonly restAsText: (label: string, path: string) => string;
  readonly remaining: () => number;
};

/**
 * A reader of one instruction's data.
 *
 * @param noteFor - what an address stands for
 * @throws AppError `instruction/unreadable` from any read past the end or of a value no program accepts
 */
export function createFieldReader(
  program: string,
  data: Uint8Array,
  start: number,
  noteFor: (address: Address) => string | undefined,
): FieldReader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const fields: ReviewedField[] = [];
  let at = start;

  function take(count: number): number {
    if (count > data.length - at) throw new AppError('instruction/unreadable', { program, offset: at });
    at += count;
    return at - count;
  }

  function add(label: string, path: string, from: number, value: string, note?: string, hex?: string): void {
    fields.push({ label, path, start: from, end: at, value, ...(note ? { note } : {}), ...(hex ? { hex } : {}) });
  }

  function addAddress(label: string, path: string, from: number): Address {
    const address = addressFromBytes(data.subarray(take(ADDRESS_BYTES), at));
    add(label, path, from, address, noteFor(address));
    return address;
  }

  function addText(label: string, path: string, from: number, bytes: Uint8Array): string {
    const { text, hasHidden } = safeText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    add(
      label,
      path,
      from,
      text,
      hasHidden ? 'contains hidden characters' : undefined,
      hasHidden ? bytesToHex(bytes) : undefined,
    );
    return text;
  }

  return {
    fields,
    u8(label, path, note) {
      const value = view.getUint8(take(1));
      add(label, path, at - 1, String(value), note?.(value));
      return value;
    },
    u32(label, path) {
      const value = view.getUint32(take(4), true);
      add(label, path, at - 4, String(value));
      return value;
    },
    u64(label, path, note) {
      const value = view.getBigUint64(take(8), true);
      add(label, path, at - 8, value.toString(), note?.(value));
      return value;
    },
    address: (label, path) => addAddress(label, path, at),
    optionalAddress(label, path) {
      const tag = view.getUint8(take(1));
      if (tag > 1) throw new AppError('instruction/unreadable', { program, offset: at - 1 });
      if (tag === 1) return addAddress(label, path, at - 1);
      add(label, path, at - 1, 'nobody');
      return undefined;
    },
    seed(label, path) {
      const from = take(8);
      const length = view.getBigUint64(from, true);
      if (length > BigInt(data.length)) throw new AppError('instruction/unreadable', { program, offset: from });
      const bytes = data.subarray(take(Number(length)), at);
      return addText(label, path, from, bytes);
    },
    restAsText(label, path) {
      const from = take(data.length - at);
      return addText(label, path, from, data.subarray(from));
    },
    remaining: () => data.length - at,
  };
}
