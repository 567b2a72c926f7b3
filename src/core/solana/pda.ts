import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '#core/errors/app-error.ts';
import { type Address, addressFromBytes, addressToBytes } from './address.ts';

/** Bytes one seed may have. Source: Solana SDK, `MAX_SEED_LEN`. */
export const MAX_SEED_BYTES = 32;

/** Seeds an address may have, the bump included. Source: Solana SDK, `MAX_SEEDS`. */
const MAX_SEEDS = 16;

const MARKER = new TextEncoder().encode('ProgramDerivedAddress');

/** An address no key can sign for, and the extra seed byte that pushed it off the curve. */
export type ProgramAddress = { readonly address: Address; readonly bump: number };

/**
 * The address a program owns for these seeds: the first bump from 255 down to 1 whose hash is not a curve point.
 *
 * @throws AppError `pda/seed-too-long`, `pda/too-many-seeds`, `pda/not-found`
 */
export function findProgramAddress(seeds: readonly Uint8Array[], programId: Address): ProgramAddress {
  if (seeds.length > MAX_SEEDS - 1)
    throw new AppError('pda/too-many-seeds', { count: seeds.length, max: MAX_SEEDS - 1 });
  for (const seed of seeds) {
    if (seed.length > MAX_SEED_BYTES)
      throw new AppError('pda/seed-too-long', { bytes: seed.length, max: MAX_SEED_BYTES });
  }
  const program = addressToBytes(programId);
  for (let bump = 255; bump >= 1; bump -= 1) {
    const hash = hashParts([...seeds, Uint8Array.of(bump), program, MARKER]);
    if (!isOnCurve(hash)) return { address: addressFromBytes(hash), bump };
  }
  throw new AppError('pda/not-found', { programId });
}

/**
 * The address `base` may create for `owner` with a text: `base` signs for it, no key exists. Source: Solana SDK,
 * `Pubkey::create_with_seed`.
 *
 * @throws AppError `pda/seed-too-long`
 */
export function addressWithSeed(base: Address, seed: string, owner: Address): Address {
  const text = new TextEncoder().encode(seed);
  if (text.length > MAX_SEED_BYTES)
    throw new AppError('pda/seed-too-long', { bytes: text.length, max: MAX_SEED_BYTES });
  return addressFromBytes(hashParts([addressToBytes(base), text, addressToBytes(owner)]));
}

/**
 * Whether a private key could exist for these 32 bytes. Decompresses as the runtime does (ZIP 215: encodings that are not
 * canonical still count as points).
 */
export function isOnCurve(bytes: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    return false;
  }
}

function hashParts(parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}
