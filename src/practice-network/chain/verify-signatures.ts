import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Address, addressToBytes } from '#core/solana/address.ts';

/** SubjectPublicKeyInfo header of a raw ed25519 key. Source: RFC 8410 §4. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Importing a key costs a third of a verification, and a few wallets sign nearly everything. */
const MAX_CACHED_KEYS = 1000;
const cachedKeys = new Map<Address, KeyObject>();

/** True when every signer signed exactly this message. Signatures stand in the order of the signers. */
export function verifySignatures(
  message: Uint8Array,
  signatures: readonly Uint8Array[],
  signers: readonly Address[],
): boolean {
  return (
    signatures.length === signers.length &&
    signers.every((signer, index) => verifyOne(message, signatures[index], signer))
  );
}

function verifyOne(message: Uint8Array, signature: Uint8Array | undefined, signer: Address): boolean {
  if (!signature) return false;
  try {
    return verify(null, message, keyOf(signer), signature);
  } catch {
    // Bytes that are no point of the curve, or one of small order: nobody can have signed for them.
    return false;
  }
}

function keyOf(signer: Address): KeyObject {
  const cached = cachedKeys.get(signer);
  if (cached) return cached;
  // A key of small order, such as the system program's zeros, has signatures that nobody made. Source: Agave, `verify_strict`.
  if (ed25519.Point.fromBytes(addressToBytes(signer)).isSmallOrder()) throw new Error('a key of small order');
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, addressToBytes(signer)]),
    format: 'der',
    type: 'spki',
  });
  if (cachedKeys.size >= MAX_CACHED_KEYS) cachedKeys.clear();
  cachedKeys.set(signer, key);
  return key;
}
