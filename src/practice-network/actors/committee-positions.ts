import { sha256 } from '@noble/hashes/sha2.js';

/** Source: the swap-or-not shuffle of the Ethereum consensus specification, with its 90 rounds. */
const SHUFFLE_ROUNDS = 90;

/**
 * Where every client of a round sits, by its place among the epoch's clients. A client works this out by itself, so it
 * is written here a second time, for all places at once. Source: PROTOCOL §8.
 *
 * @param randomSeed - of the round
 */
export function committeePositions(randomSeed: bigint, salt: 'witness' | 'committee', count: number): number[] {
  const seed = new DataView(new ArrayBuffer(8));
  seed.setBigUint64(0, randomSeed, true);
  const key = sha256(Buffer.concat([sha256(new Uint8Array(seed.buffer)), Buffer.from(salt)]));
  const places = Array.from({ length: count }, (_, index) => index);
  for (let round = 0; round < SHUFFLE_ROUNDS && count > 0; round += 1) {
    const start = Buffer.concat([key, Uint8Array.of(round)]);
    const pivot = Number(Buffer.from(sha256(start)).readBigUInt64LE() % BigInt(count));
    const blocks = Array.from({ length: Math.ceil(count / 256) }, (_, block) => {
      const number = Buffer.alloc(4);
      number.writeUInt32LE(block);
      return sha256(Buffer.concat([start, number]));
    });
    for (const [index, current] of places.entries()) {
      const flip = (pivot + count - current) % count;
      const position = Math.max(current, flip);
      const byte = blocks[Math.floor(position / 256)]?.[Math.floor((position % 256) / 8)] ?? 0;
      if (((byte >> (position % 8)) & 1) === 1) places[index] = flip;
    }
  }
  return places;
}
