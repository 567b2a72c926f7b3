import { ed25519 } from '@noble/curves/ed25519.js';
import { basename } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { decryptAgeFile, isAgeFile } from './age-keyfile.ts';
import type { KeyfileAccess } from './messages.ts';
import { KEYPAIR_BYTES, parseKeypair, parseKeypairArray } from './parse-keypair.ts';
import { readKeyfile } from './read-keyfile.ts';

const SEED_BYTES = 32;

/**
 * Lends the seed of a keyfile to `use` and wipes every buffer afterwards, whatever happens.
 *
 * @throws AppError `keyfile/…`
 */
export async function withKeypair<T>(
  access: KeyfileAccess,
  use: (seed: Uint8Array, address: Address) => T | Promise<T>,
): Promise<T> {
  const fileName = basename(access.path);
  const keypair = await readKeypair(access, fileName);
  try {
    const seed = keypair.subarray(0, SEED_BYTES);
    const publicKey = ed25519.getPublicKey(seed);
    if (!publicKey.every((byte, index) => byte === keypair[SEED_BYTES + index])) {
      throw new AppError('keyfile/mismatched-halves', { fileName });
    }
    return await use(seed, addressFromBytes(publicKey));
  } finally {
    keypair.fill(0);
  }
}

async function readKeypair(access: KeyfileAccess, fileName: string): Promise<Uint8Array> {
  const content = readKeyfile(access.path, access.allowOpenPermissions);
  const isEncrypted = isAgeFile(content);
  const text = isEncrypted ? await decryptAgeFile(content, access.passphrase ?? new Uint8Array(0), fileName) : content;
  const keypair = isEncrypted ? parseKeypairArray(text) : parseKeypair(text);
  text.fill(0);
  if (keypair?.length === KEYPAIR_BYTES) return keypair;
  throw new AppError(isEncrypted ? 'keyfile/no-key-inside' : 'keyfile/not-a-keyfile', { fileName });
}
