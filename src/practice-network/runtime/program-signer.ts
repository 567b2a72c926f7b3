import { createHash } from 'node:crypto';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { isOnCurve, MAX_SEED_BYTES } from '#core/solana/pda.ts';
import { InstructionFailure } from './instruction-failure.ts';

/** Source: Solana SDK, `MAX_SEEDS`. */
const MAX_SEEDS = 16;

/**
 * The program address of exactly these seeds, bump included.
 *
 * @throws InstructionFailure `MaxSeedLengthExceeded`, or `InvalidSeeds` when the hash is a point a key could exist for
 */
export function programAddressOf(seeds: readonly Uint8Array[], programId: Address): Address {
  if (seeds.length > MAX_SEEDS || seeds.some((seed) => seed.length > MAX_SEED_BYTES)) {
    throw new InstructionFailure('MaxSeedLengthExceeded');
  }
  const hash = createHash('sha256');
  for (const seed of seeds) hash.update(seed);
  const digest = hash.update(addressToBytes(programId)).update('ProgramDerivedAddress').digest();
  if (isOnCurve(digest)) throw new InstructionFailure('InvalidSeeds');
  return addressFromBytes(Uint8Array.from(digest));
}
