import { base64 } from '@scure/base';
import { z } from 'zod';
import { parseAddress, type Address } from '#core/solana/address.ts';
import { U64_MAX } from './decimal.ts';

/** An unsigned 64-bit amount: a decimal string on the wire, a bigint in memory. */
export const U64 = z.codec(z.string().regex(/^(0|[1-9]\d{0,19})$/), z.bigint().min(0n).max(U64_MAX), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

/** Bytes: base64 on the wire. */
export const Bytes = z.codec(
  z.base64(),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  {
    decode: (text) => base64.decode(text),
    encode: (bytes) => base64.encode(bytes),
  },
);

/** A 32-byte address: base58 both on the wire and in memory. */
export const AddressText = z.custom<Address>((text) => typeof text === 'string' && isAddress(text), 'not an address');

function isAddress(text: string): boolean {
  try {
    return parseAddress(text) === text;
  } catch {
    return false;
  }
}
