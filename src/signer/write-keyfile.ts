import { closeSync, constants, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';

/** The form of the Solana CLI, `[1,2,…]`, as bytes: 64 numbers of at most three digits, 63 commas, two brackets. */
export function keypairText(seed: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const text = new Uint8Array(64 * 3 + 63 + 2);
  let at = 0;
  for (const half of [seed, publicKey]) {
    for (const value of half) {
      text[at] = at === 0 ? 0x5b : 0x2c;
      at += 1;
      if (value >= 100) text[at++] = 0x30 + Math.floor(value / 100);
      if (value >= 10) text[at++] = 0x30 + (Math.floor(value / 10) % 10);
      text[at++] = 0x30 + (value % 10);
    }
  }
  text[at++] = 0x5d;
  return text.subarray(0, at);
}

/**
 * Writes a file readable by its owner alone, never over an existing one. It is on the disk when this returns.
 *
 * @throws AppError `keyfile/exists`, `keyfile/unwritable`
 */
export function writeNewFile(path: string, content: Uint8Array): void {
  const fileName = basename(path);
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new AppError(exists ? 'keyfile/exists' : 'keyfile/unwritable', { fileName }, { cause });
  }
  try {
    for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
    fsyncSync(descriptor);
    syncFolder(dirname(path));
  } catch (cause) {
    unlinkSync(path);
    throw new AppError('keyfile/unwritable', { fileName }, { cause });
  } finally {
    closeSync(descriptor);
  }
}

/** Without it a power cut may take the name of a file whose bytes are safe. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
