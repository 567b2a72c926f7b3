import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Bytes hashed at a time, so that zeros held back need no copy of their own length. */
const ZEROS = new Uint8Array(64 * 1024);

/**
 * SHA-256 of an executable that arrives in parts. Zeros at its end are left out: a program data account is larger than its
 * code, and so the hash is the one that `solana-verify get-program-hash` and Solana Explorer show.
 */
export function createExecutableHash() {
  const hash = sha256.create();
  /** Zeros that count only if something follows. */
  let heldZeros = 0;

  return {
    update(part: Uint8Array): void {
      let end = part.length;
      while (end > 0 && part[end - 1] === 0) end -= 1;
      if (end > 0) {
        for (; heldZeros > 0; heldZeros -= Math.min(heldZeros, ZEROS.length)) {
          hash.update(ZEROS.subarray(0, Math.min(heldZeros, ZEROS.length)));
        }
        hash.update(part.subarray(0, end));
      }
      heldZeros += part.length - end;
    },

    /** 64 hex digits. */
    hex: (): string => bytesToHex(hash.digest()),
  };
}
