import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { addressFromBytes, type Address } from '#core/solana/address.ts';

/** PKCS #8 header of a raw ed25519 seed. Source: RFC 8410 §7. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Bytes of the SubjectPublicKeyInfo header in front of a raw ed25519 key. Source: RFC 8410 §4. */
const SPKI_HEADER_BYTES = 12;

/** A key pair of the network itself. Worth nothing anywhere else: it follows from the network's seed. */
export type NetworkKey = { readonly address: Address; readonly privateKey: KeyObject };

/** The network's key for one purpose, always the same for one seed. */
export function deriveKey(seed: Uint8Array, purpose: string): NetworkKey {
  const secret = createHash('sha256').update(`practice ${purpose}`).update(seed).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secret]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { address: addressFromBytes(new Uint8Array(spki.subarray(SPKI_HEADER_BYTES))), privateKey };
}
