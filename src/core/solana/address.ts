import { base58 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';

declare const addressBrand: unique symbol;

/** A 32-byte account address in base58, the form in which people and wires carry it. */
export type Address = string & { readonly [addressBrand]: true };

/** Bytes of an address. Source: Solana SDK, `PUBKEY_BYTES`. */
export const ADDRESS_BYTES = 32;

/**
 * Text → address, surrounding spaces ignored.
 *
 * @throws AppError `address/malformed`
 */
export function parseAddress(text: string): Address {
  const trimmed = text.trim();
  if (trimmed.length > 44 || decodeBase58(trimmed)?.length !== ADDRESS_BYTES) {
    throw new AppError('address/malformed', { text: trimmed.slice(0, 60) });
  }
  return trimmed as Address;
}

/** 32 bytes → address. */
export function addressFromBytes(bytes: Uint8Array): Address {
  if (bytes.length !== ADDRESS_BYTES) throw new RangeError(`an address has 32 bytes, not ${bytes.length}`);
  return base58.encode(bytes) as Address;
}

/** The 32 bytes of an address. */
export function addressToBytes(address: Address): Uint8Array {
  return base58.decode(address);
}

function decodeBase58(text: string): Uint8Array | undefined {
  try {
    return base58.decode(text);
  } catch {
    return undefined;
  }
}
