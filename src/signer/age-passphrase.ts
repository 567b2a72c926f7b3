import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { base64nopad } from '@scure/base';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import { randomFillSync, scryptSync } from 'node:crypto';
import { AppError } from '#core/errors/app-error.ts';

/** What is put before the salt. Source: age-encryption.org/v1, scrypt recipient. */
const LABEL = new TextEncoder().encode('age-encryption.org/v1/scrypt');
const SALT_BYTES = 16;
const FILE_KEY_BYTES = 16;
const TAG_BYTES = 16;

/** What age writes by default: half a second and 256 MiB. */
const WORK_FACTOR = 18;

/**
 * The most a file may ask for: seconds and 1 GiB, which a child that lives 10 seconds still manages. Each step above doubles
 * both. Source: the cap of the age-encryption package.
 */
export const MAX_WORK_FACTOR = 20;

/**
 * Opens the one stanza of a file that a passphrase encrypts. The package's own takes the passphrase as a string, which could
 * not be wiped, and computes scrypt in JavaScript.
 *
 * @throws AppError `keyfile/needs-passphrase`, `keyfile/wrong-passphrase`, `keyfile/not-by-passphrase`, `keyfile/work-factor`,
 *   `keyfile/damaged`, from the identity
 */
export function passphraseIdentity(passphrase: Uint8Array, fileName: string): Identity {
  return {
    unwrapFileKey(stanzas) {
      const [stanza, ...others] = stanzas;
      if (stanza?.args[0] !== 'scrypt' || others.length > 0)
        throw new AppError('keyfile/not-by-passphrase', { fileName });
      const { salt, workFactor } = termsOf(stanza, fileName);
      if (passphrase.length === 0) throw new AppError('keyfile/needs-passphrase', { fileName });
      const key = derive(passphrase, salt, workFactor);
      try {
        return chacha20poly1305(key, NONCE).decrypt(stanza.body);
      } catch (cause) {
        throw new AppError('keyfile/wrong-passphrase', { fileName }, { cause });
      } finally {
        key.fill(0);
      }
    },
  };
}

/** Writes the one stanza of a file that a passphrase encrypts. */
export function passphraseRecipient(passphrase: Uint8Array): Recipient {
  return {
    wrapFileKey(fileKey) {
      const salt = randomFillSync(new Uint8Array(SALT_BYTES));
      const key = derive(passphrase, salt, WORK_FACTOR);
      const body = chacha20poly1305(key, NONCE).encrypt(fileKey);
      key.fill(0);
      return [new Stanza(['scrypt', base64nopad.encode(salt), String(WORK_FACTOR)], body)];
    },
  };
}

/** Every key is used once. */
const NONCE = new Uint8Array(12);

function termsOf({ args, body }: Stanza, fileName: string): { salt: Uint8Array; workFactor: number } {
  const [, saltText = '', factorText = '', ...rest] = args;
  const salt = decodeSalt(saltText);
  const isSound = rest.length === 0 && /^[1-9]\d*$/.test(factorText) && body.length === FILE_KEY_BYTES + TAG_BYTES;
  if (!isSound || salt?.length !== SALT_BYTES) throw new AppError('keyfile/damaged', { fileName });
  const workFactor = Number(factorText);
  if (workFactor > MAX_WORK_FACTOR) throw new AppError('keyfile/work-factor', { fileName, most: MAX_WORK_FACTOR });
  return { salt, workFactor };
}

function decodeSalt(text: string): Uint8Array | undefined {
  try {
    return base64nopad.decode(text);
  } catch {
    return undefined;
  }
}

/** scrypt with r = 8 and p = 1, which needs 1024 · N bytes. Source: age-encryption.org/v1. */
function derive(passphrase: Uint8Array, salt: Uint8Array, workFactor: number): Uint8Array {
  const N = 2 ** workFactor;
  const salted = new Uint8Array(LABEL.length + salt.length);
  salted.set(LABEL);
  salted.set(salt, LABEL.length);
  return new Uint8Array(scryptSync(passphrase, salted, 32, { N, r: 8, p: 1, maxmem: 2048 * N + 1_048_576 }));
}
