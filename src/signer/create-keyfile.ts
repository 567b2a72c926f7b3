import { ed25519 } from '@noble/curves/ed25519.js';
import { randomFillSync } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { addressFromBytes } from '#core/solana/address.ts';

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
  const text = jsonArray(seed, publicKey);
  seed.fill(0);
  try {
    write(join(folder, fileName), fileName, text);
  } finally {
    text.fill(0);
  }
  return { address, fileName };
}

/** `[1,2,…]` as bytes: 64 numbers of at most three digits, 63 commas, two brackets. */
function jsonArray(seed: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const text = new Uint8Array(64 * 3 + 63 + 2);
  let at = 0;
  for (let index = 0; index < 64; index += 1) {
    const value = (index < 32 ? seed[index] : publicKey[index - 32]) ?? 0;
    text[at++] = index === 0 ? 0x5b : 0x2c;
    if (value >= 100) text[at++] = 0x30 + Math.floor(value / 100);
    if (value >= 10) text[at++] = 0x30 + (Math.floor(value / 10) % 10);
    text[at++] = 0x30 + (value % 10);
  }
  text[at++] = 0x5d;
  return text.subarray(0, at);
}

function write(path: string, fileName: string, text: Uint8Array): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new AppError(exists ? 'keyfile/exists' : 'keyfile/unwritable', { fileName }, { cause });
  }
  try {
    if (writeSync(descriptor, text) !== text.length) throw new Error('short write');
    fsyncSync(descriptor);
  } catch (cause) {
    unlinkSync(path);
    throw new AppError('keyfile/unwritable', { fileName }, { cause });
  } finally {
    closeSync(descriptor);
  }
}
