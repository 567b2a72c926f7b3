import type { Bloom } from '#core/layouts/generated/coordinator.ts';

/** FNV-1a's prime. Source: PROTOCOL §8, bloom membership. */
const FNV_PRIME = 0x100000001b3n;

/** Whether the filter says it has seen these bytes. */
export function mayContain({ keys, bits }: Bloom, bytes: Uint8Array): boolean {
  const size = BigInt(bits.length * 64);
  return keys.every((key) => {
    let hash = key;
    for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
    const bit = Number(hash % size);
    return (((bits[Math.floor(bit / 64)] ?? 0n) >> BigInt(bit % 64)) & 1n) === 1n;
  });
}
