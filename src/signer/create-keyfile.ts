import { ed25519 } from '@noble/curves/ed25519.js';
import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { addressFromBytes } from '#core/solana/address.ts';
import { keypairText, writeNewFile } from './write-keyfile.ts';

/**
 * Writes a new keyfile in the form of the Solana CLI, readable by its owner alone, never over an existing file.
 *
 * @param givenName - empty: `<address>.json`
 * @throws AppError `keyfile/exists`, `keyfile/unwritable`
 */
export function createKeyfile(folder: string, givenName: string): { address: string; fileName: string } {
  const seed = randomFillSync(new Uint8Array(32));
  const publicKey = ed25519.getPublicKey(seed);
  const address = addressFromBytes(publicKey);
  const fileName = givenName === '' ? `${address}.json` : givenName;
  const text = keypairText(seed, publicKey);
  seed.fill(0);
  try {
    writeNewFile(join(folder, fileName), text);
  } finally {
    text.fill(0);
  }
  return { address, fileName };
}
