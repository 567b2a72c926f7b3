import { sha256 } from '@noble/hashes/sha2.js';
import { addressFromBytes } from '#core/solana/address.ts';

/** A transaction's blockhash may be this many slots old. Source: Solana SDK, `MAX_PROCESSING_AGE`. */
export const MAX_BLOCKHASH_AGE = 150n;

export type Blockhashes = ReturnType<typeof createBlockhashes>;

/**
 * The blockhash of every slot, `sha256(seed ‖ slot)`: nothing has to be kept for hashes to stay valid over a restart.
 */
export function createBlockhashes(seed: Uint8Array) {
  const slotsByHash = new Map<string, bigint>();
  let newestKnown = -1n;

  function at(slot: bigint): string {
    return addressFromBytes(hashOf(seed, slot));
  }

  return {
    at,
    /** Blocks since the slot whose hash this is, `undefined` when it is unknown or older than allowed. */
    ageOf(blockhash: string, currentSlot: bigint): bigint | undefined {
      const oldest = currentSlot > MAX_BLOCKHASH_AGE ? currentSlot - MAX_BLOCKHASH_AGE : 0n;
      for (let slot = newestKnown + 1n > oldest ? newestKnown + 1n : oldest; slot <= currentSlot; slot += 1n) {
        slotsByHash.set(at(slot), slot);
        newestKnown = slot;
      }
      for (const [hash, slot] of slotsByHash) {
        if (slot >= oldest) break;
        slotsByHash.delete(hash);
      }
      const slot = slotsByHash.get(blockhash);
      return slot === undefined || slot > currentSlot ? undefined : currentSlot - slot;
    },
  };
}

function hashOf(seed: Uint8Array, slot: bigint): Uint8Array {
  const input = new Uint8Array(seed.length + 8);
  input.set(seed);
  new DataView(input.buffer).setBigUint64(seed.length, slot, true);
  return sha256(input);
}
