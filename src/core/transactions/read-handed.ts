import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { passCanonicalGate, SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { HANDED_MAX_CHARACTERS } from './handed-transaction.ts';

/** A transaction that came from elsewhere: only its bytes count. */
export type HandedBytes = {
  readonly message: Uint8Array;
  /** In the order of the signers; `undefined` where one is missing. Every other was verified. */
  readonly signatures: readonly (Uint8Array | undefined)[];
};

/**
 * Reads a transaction, or a bare message, from base64 text.
 *
 * @throws AppError `handed/too-long`, `handed/not-base64`, `handed/bad-signature`, `message/…`, `transaction/…`
 */
export function readHanded(text: string): HandedBytes {
  if (text.length > HANDED_MAX_CHARACTERS) {
    throw new AppError('handed/too-long', { characters: text.length, max: HANDED_MAX_CHARACTERS });
  }
  const bytes = bytesOf(text.replace(/\s+/g, ''));
  const { message, signatures } = wireOrMessage(bytes);
  const { staticKeys } = passCanonicalGate(message);
  signatures.forEach((signature, index) => {
    const address = staticKeys[index];
    if (signature === undefined || address === undefined) return;
    // As the network verifies: strictly.
    if (!ed25519.verify(signature, message, addressToBytes(address), { zip215: false })) {
      throw new AppError('handed/bad-signature', { address });
    }
  });
  return { message, signatures };
}

function bytesOf(text: string): Uint8Array {
  try {
    if (text === '') throw new RangeError('nothing there');
    return base64.decode(text);
  } catch (cause) {
    throw new AppError('handed/not-base64', {}, { cause });
  }
}

function wireOrMessage(bytes: Uint8Array): HandedBytes {
  try {
    const { signatures, messageBytes } = decodeTransaction(bytes);
    return { message: messageBytes, signatures: signatures.map(given) };
  } catch (cause) {
    const header = messageHeader(bytes);
    if (!header) throw cause;
    return { message: bytes, signatures: Array.from({ length: header.requiredSignatures }, () => undefined) };
  }
}

/** Of a message without signatures; nothing where the bytes are none. */
function messageHeader(bytes: Uint8Array) {
  try {
    return passCanonicalGate(bytes).header;
  } catch {
    // What is wrong with them as a transaction says more.
    return undefined;
  }
}

function given(signature: Uint8Array): Uint8Array | undefined {
  return signature.length === SIGNATURE_BYTES && signature.some((byte) => byte !== 0) ? signature : undefined;
}
