import { AppError } from '#core/errors/app-error.ts';
import { ADDRESS_BYTES, type Address, addressFromBytes } from './address.ts';

/** Reads a transaction's bytes front to back; every read moves {@link WireReader.offset}. */
export type WireReader = {
  readonly offset: () => number;
  readonly u8: () => number;
  /** A length as Solana writes it: 1 to 3 bytes, 7 bits each. */
  readonly compactU16: () => number;
  /** A view of the next bytes, not a copy. */
  readonly bytes: (count: number) => Uint8Array;
  readonly address: () => Address;
  readonly remaining: () => number;
};

/**
 * A reader that takes nothing it does not understand.
 *
 * @throws AppError `message/truncated` from any read past the end, `message/length-not-canonical` from a length that is
 *   longer than needed or over 65,535
 */
export function createWireReader(bytes: Uint8Array): WireReader {
  let at = 0;

  function take(count: number): Uint8Array {
    if (count > bytes.length - at) {
      throw new AppError('message/truncated', { offset: at, needed: count - (bytes.length - at) });
    }
    at += count;
    return bytes.subarray(at - count, at);
  }

  function u8(): number {
    const [value = 0] = take(1);
    return value;
  }

  function compactU16(): number {
    const start = at;
    let value = 0;
    for (let shift = 0; shift <= 14; shift += 7) {
      const byte = u8();
      const isLast = (byte & 0x80) === 0;
      const isOverlong = isLast && byte === 0 && shift > 0;
      const isOverflow = shift === 14 && byte > 0x03;
      if (isOverlong || isOverflow) throw new AppError('message/length-not-canonical', { offset: start });
      value |= (byte & 0x7f) << shift;
      if (isLast) break;
    }
    return value;
  }

  return {
    offset: () => at,
    u8,
    compactU16,
    bytes: take,
    address: () => addressFromBytes(take(ADDRESS_BYTES)),
    remaining: () => bytes.length - at,
  };
}

/** The bytes of a length in its one allowed form: 1 to 3 bytes, 7 bits each. */
export function encodeCompactU16(value: number): number[] {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new RangeError(`${value} is not a compact u16`);
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  bytes.push(rest);
  return bytes;
}
