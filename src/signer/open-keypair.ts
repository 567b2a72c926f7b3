import { ed25519 } from '@noble/curves/ed25519.js';
import { basename } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { KEYPAIR_BYTES, parseKeypair } from './parse-keypair.ts';
import { readKeyfile } from './read-keyfile.ts';

const SEED_BYTES = 32;

/**
 * Lends the seed of a keyfile to `use` and wipes every buffer afterwards, whatever happens.
 *
 * @throws AppError `keyfile/…`
 */
export function withKeypair<T>(
  path: string,
  allowOpenPermissions: boolean,
  use: (seed: Uint8Array, address: Address) => T,
): T {
  const fileName = basename(path);
  const content = readKeyfile(path, allowOpenPermissions);
  const keypair = parseKeypair(content) ?? new Uint8Array(0);
  content.fill(0);
  try {
    if (keypair.length !== KEYPAIR_BYTES) throw new AppError('keyfile/not-a-keyfile', { fileName });
    const seed = keypair.subarray(0, SEED_BYTES);
    const publicKey = ed25519.getPublicKey(seed);
    if (!publicKey.every((byte, index) => byte === keypair[SEED_BYTES + index])) {
      throw new AppError('keyfile/mismatched-halves', { fileName });
    }
    return use(seed, addressFromBytes(publicKey));
  } finally {
    keypair.fill(0);
  }
}
