import { ed25519 } from '@noble/curves/ed25519.js';
import { type Recipient, Encrypter } from 'age-encryption';

/** 2² rounds: enough for the format, and nothing to wait for. */
const QUICK_WORK_FACTOR = 2;

/** An age file as the package writes it, with hardly any work to open it. */
export function ageFile(content: Uint8Array | string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(QUICK_WORK_FACTOR);
  return encrypter.encrypt(content);
}

/** An age file for other recipients than a passphrase. */
export function ageFileFor(content: Uint8Array | string, ...recipients: (string | Recipient)[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(content);
}

/** A keypair as the Solana CLI writes it. */
export function keyfileText(seed: Uint8Array): string {
  return JSON.stringify([...seed, ...ed25519.getPublicKey(seed)]);
}
