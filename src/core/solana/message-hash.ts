import { sha256 } from '@noble/hashes/sha2.js';
import { base58 } from '@scure/base';

/** Base58 of SHA-256 of the message: what a Ledger shows as “Message Hash”, and what an approval binds to. */
export function messageHashOf(messageBytes: Uint8Array): string {
  return base58.encode(sha256(messageBytes));
}

/** A hash in groups of four, for comparing by eye: `"4vJ9 JU1b …"`. */
export function formatHash(hash: string): string {
  return hash.replace(/(.{4})(?=.)/g, '$1 ');
}
