import { armor, Decrypter, Encrypter } from 'age-encryption';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { passphraseIdentity, passphraseRecipient } from './age-passphrase.ts';

/** First line of every age file. Source: age-encryption.org/v1. */
const HEADER = new TextEncoder().encode('age-encryption.org/v1');
/** First line of one in its text form. */
const ARMOR = new TextEncoder().encode('-----BEGIN AGE ENCRYPTED FILE-----');

/** Whether the content of a file begins as an encrypted one does; what follows may still be anything. */
export function isAgeFile(content: Uint8Array): boolean {
  return startsWith(content, HEADER) || startsWith(content, ARMOR);
}

/**
 * The content of an age file that a passphrase encrypts. The caller wipes it.
 *
 * @throws AppError `keyfile/needs-passphrase` for an empty passphrase, `keyfile/wrong-passphrase`, `keyfile/not-by-passphrase`,
 *   `keyfile/work-factor`, `keyfile/damaged`
 */
export async function decryptAgeFile(
  content: Uint8Array,
  passphrase: Uint8Array,
  fileName: string,
): Promise<Uint8Array> {
  try {
    const file = startsWith(content, ARMOR) ? armor.decode(new TextDecoder().decode(content)) : content;
    const decrypter = new Decrypter();
    decrypter.addIdentity(passphraseIdentity(passphrase, fileName));
    return await decrypter.decrypt(file);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('keyfile/damaged', { fileName }, { cause });
  }
}

/** An age file that this passphrase opens. Takes about a second, on purpose. */
export function encryptAgeFile(content: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase));
  return encrypter.encrypt(content);
}

function startsWith(content: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => content[index] === byte);
}
