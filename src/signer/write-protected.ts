import { ed25519 } from '@noble/curves/ed25519.js';
import { unlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { encryptAgeFile } from './age-keyfile.ts';
import { readKeyfile } from './read-keyfile.ts';
import { keypairText, writeNewFile } from './write-keyfile.ts';

type Order = {
  readonly path: string;
  readonly seed: Uint8Array;
  /** Absent: the file is plain. */
  readonly passphrase: Uint8Array | undefined;
};

/**
 * Writes a key to a new file and reads it back: a file is only there when this returns if it holds what was written. The seed
 * stays the caller's to wipe.
 *
 * @throws AppError `keyfile/exists`, `keyfile/unwritable`
 */
export async function writeProtected({ path, seed, passphrase }: Order): Promise<void> {
  const text = keypairText(seed, ed25519.getPublicKey(seed));
  const content = passphrase ? await encryptAgeFile(text, passphrase) : text;
  try {
    writeNewFile(path, content);
    // Some sticks show every file as open to all. What is encrypted may lie there, what is plain may not.
    checkWritten(path, content, passphrase !== undefined);
  } finally {
    text.fill(0);
    content.fill(0);
  }
}

function checkWritten(path: string, content: Uint8Array, allowOpenPermissions: boolean): void {
  try {
    const written = readKeyfile(path, allowOpenPermissions);
    const isSame = written.length === content.length && written.every((byte, index) => byte === content[index]);
    written.fill(0);
    if (!isSame) throw new Error('something else was read back');
  } catch (cause) {
    unlinkSync(path);
    throw new AppError('keyfile/unwritable', { fileName: basename(path) }, { cause });
  }
}
