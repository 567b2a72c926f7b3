import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { createWireReader } from '#core/solana/wire-reader.ts';

/** Set on the first byte of a versioned message. */
const VERSION_BIT = 0x80;

/**
 * The keys that sign a journaled transaction, fee payer first. Reads only as far as it must: a list of many transactions asks for
 * each. The bytes passed the canonical gate before they were written.
 */
export function wireSigners(wire: Uint8Array): readonly Address[] {
  const reader = createWireReader(wire);
  reader.bytes(reader.compactU16() * SIGNATURE_BYTES);
  const first = reader.u8();
  const required = first >= VERSION_BIT ? reader.u8() : first;
  reader.bytes(2);
  const keys = reader.compactU16();
  return Array.from({ length: Math.min(required, keys) }, () => addressFromBytes(reader.bytes(32)));
}
