import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { formatSignature } from '#core/solana/transaction.ts';
import { createWireReader } from '#core/solana/wire-reader.ts';

/** Set on the first byte of a versioned message. */
const VERSION_BIT = 0x80;

/** One required signature of a journaled transaction. */
export type SignatureSlot = {
  readonly address: Address;
  /** Absent while it is 64 zero bytes. */
  readonly signature: Uint8Array | undefined;
};

/**
 * The signatures a journaled transaction needs, fee payer first. Reads only as far as it must: a list of many transactions asks
 * for each. The bytes passed the canonical gate before they were written.
 *
 * @throws AppError `message/…` for bytes that end too early
 */
export function signatureSlots(wire: Uint8Array): readonly SignatureSlot[] {
  const reader = createWireReader(wire);
  const signatures = Array.from({ length: reader.compactU16() }, () => reader.bytes(SIGNATURE_BYTES));
  const first = reader.u8();
  const required = first >= VERSION_BIT ? reader.u8() : first;
  reader.bytes(2);
  const keys = reader.compactU16();
  return Array.from({ length: Math.min(required, keys) }, (_, index) => ({
    address: addressFromBytes(reader.bytes(32)),
    signature: given(signatures[index]),
  }));
}

/** The keys that sign it, fee payer first. @throws AppError as `signatureSlots` */
export function wireSigners(wire: Uint8Array): readonly Address[] {
  return signatureSlots(wire).map(({ address }) => address);
}

/** Whose signatures it still lacks. @throws AppError as `signatureSlots` */
export function missingSigners(wire: Uint8Array): readonly Address[] {
  return signatureSlots(wire).flatMap(({ address, signature }) => (signature ? [] : [address]));
}

/** Whether it lacks none. Reads no address: a journal of years is asked at each start. @throws AppError as `signatureSlots` */
export function isComplete(wire: Uint8Array): boolean {
  const reader = createWireReader(wire);
  return Array.from({ length: reader.compactU16() }, () => given(reader.bytes(SIGNATURE_BYTES))).every(Boolean);
}

/** By which a cluster knows it; empty while the fee payer has not signed. @throws AppError as `signatureSlots` */
export function signatureOf(wire: Uint8Array): string {
  const [payer] = signatureSlots(wire);
  return payer?.signature ? formatSignature(payer.signature) : '';
}

/**
 * A transaction with what another copy of it has besides: where both carry a signature, the first one's stays. A packet holds fewer
 * signatures than one length byte counts.
 *
 * @throws AppError as `signatureSlots`
 */
export function withSignaturesOf(wire: Uint8Array, more: Uint8Array): Uint8Array {
  const merged = wire.slice();
  const others = signatureSlots(more);
  for (const [index, { signature }] of signatureSlots(wire).entries()) {
    const other = others[index]?.signature;
    if (!signature && other) merged.set(other, 1 + SIGNATURE_BYTES * index);
  }
  return merged;
}

function given(signature: Uint8Array | undefined): Uint8Array | undefined {
  return signature?.some((byte) => byte !== 0) ? signature : undefined;
}
