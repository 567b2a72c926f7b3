import { sha256 } from '@noble/hashes/sha2.js';
import type { Bloom } from '#core/layouts/generated/coordinator.ts';

/** FNV-1a's prime. Source: PROTOCOL §8, bloom membership. */
const FNV_PRIME = 0x100000001b3n;

/** Source: PROTOCOL §3.1, `Bloom`. */
const KEYS = 8;
const WORDS = 16;

/** A filter that contains these items, with keys drawn from a seed. */
export function createBloom(seed: Uint8Array, items: readonly Uint8Array[]): Bloom {
  const keys = Array.from({ length: KEYS }, (_, index) =>
    Buffer.from(sha256(Buffer.concat([seed, Uint8Array.of(index)]))).readBigUInt64LE(),
  );
  const bits = new Array<bigint>(WORDS).fill(0n);
  for (const item of items) {
    for (const bit of bitsOf(keys, item)) {
      const word = Math.floor(bit / 64);
      bits[word] = (bits[word] ?? 0n) | (1n << BigInt(bit % 64));
    }
  }
  return { keys, bits };
}

/** Whether a filter says that it contains an item. */
export function bloomContains({ keys, bits }: Bloom, item: Uint8Array): boolean {
  return bitsOf(keys, item).every((bit) => (((bits[Math.floor(bit / 64)] ?? 0n) >> BigInt(bit % 64)) & 1n) === 1n);
}

function bitsOf(keys: readonly bigint[], item: Uint8Array): number[] {
  return keys.map((key) => {
    let hash = key;
    for (const byte of item) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
    return Number(hash % BigInt(WORDS * 64));
  });
}
