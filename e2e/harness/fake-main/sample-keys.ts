import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { signatureSlots } from '#core/journal/wire-signatures.ts';
import type { Address } from '#core/solana/address.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import { addressOf, KEY_WORDS, secretOf } from './sample-addresses.ts';

const WORD_OF = new Map<Address, string>(KEY_WORDS.map((word) => [addressOf(word), word]));

/** A real signature of a sample key. */
export function signSample(address: Address, message: Uint8Array): Uint8Array {
  const word = WORD_OF.get(address);
  if (word === undefined) throw new RangeError(`nobody has the key of ${address}`);
  return ed25519.sign(message, secretOf(word));
}

/** The message of a transaction in base64, signed by these of its signers and by those who had signed before. */
export function signedBy(text: string, signers: readonly Address[]): string {
  const wire = base64.decode(text);
  const { messageBytes } = decodeTransaction(wire);
  const signatures = signatureSlots(wire).map(({ address, signature }) =>
    signers.includes(address) ? signSample(address, messageBytes) : (signature ?? new Uint8Array(SIGNATURE_BYTES)),
  );
  return base64.encode(encodeTransaction(signatures, messageBytes));
}
