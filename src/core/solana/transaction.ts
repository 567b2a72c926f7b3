import { base58 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';
import { MAX_TRANSACTION_BYTES, passCanonicalGate, SIGNATURE_BYTES } from './canonical-gate.ts';
import { type Message, readVersion } from './message.ts';
import { createWireReader, encodeCompactU16 } from './wire-reader.ts';

/** A transaction as it goes over the wire. A signature not yet given is 64 zero bytes. */
export type WireTransaction = {
  /** In the order of the signers, fee payer first. */
  readonly signatures: readonly Uint8Array[];
  readonly message: Message;
  /** What the signatures cover. */
  readonly messageBytes: Uint8Array;
};

/**
 * Wire bytes → transaction, its message through the canonical gate. Signatures are not verified here.
 *
 * @throws AppError `message/…`, `transaction/signature-count`
 */
export function decodeTransaction(bytes: Uint8Array): WireTransaction {
  if (bytes.length > MAX_TRANSACTION_BYTES) {
    throw new AppError('message/too-large', { bytes: bytes.length, max: MAX_TRANSACTION_BYTES });
  }
  // From version 1 on the version byte leads the transaction; as a signature count it would be 128 or more, which cannot fit.
  readVersion(bytes);
  const reader = createWireReader(bytes);
  const count = reader.compactU16();
  const signatures = Array.from({ length: count }, () => reader.bytes(SIGNATURE_BYTES));
  const messageBytes = reader.bytes(reader.remaining());
  const message = passCanonicalGate(messageBytes);
  checkSignatureCount(count, message);
  return { signatures, message, messageBytes };
}

/**
 * Signatures and message → wire bytes.
 *
 * @throws AppError `message/…`, `transaction/signature-count`
 */
export function encodeTransaction(signatures: readonly Uint8Array[], messageBytes: Uint8Array): Uint8Array {
  checkSignatureCount(signatures.length, passCanonicalGate(messageBytes));
  const wire = encodeCompactU16(signatures.length);
  for (const signature of signatures) {
    if (signature.length !== SIGNATURE_BYTES) throw new RangeError(`a signature has 64 bytes, not ${signature.length}`);
    wire.push(...signature);
  }
  wire.push(...messageBytes);
  return Uint8Array.from(wire);
}

/** The name of a transaction on every explorer: base58 of the fee payer's signature. */
export function formatSignature(signature: Uint8Array): string {
  return base58.encode(signature);
}

function checkSignatureCount(carried: number, { header }: Message): void {
  if (carried !== header.requiredSignatures) {
    throw new AppError('transaction/signature-count', { carried, required: header.requiredSignatures });
  }
}
