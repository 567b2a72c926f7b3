import { ed25519 } from '@noble/curves/ed25519.js';
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { randomFillSync } from 'node:crypto';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import type { SignerRequest } from './messages.ts';
import { writeProtected } from './write-protected.ts';

/** 128 bits make 12 words. Source: BIP39; `solana-keygen new` does the same by default. */
const ENTROPY_BYTES = 16;
const SEED_BYTES = 32;

/**
 * Makes a key as `solana-keygen new` does and writes it to a new file, encrypted when a passphrase is given.
 *
 * @returns `words` as ASCII when they were asked for; otherwise nobody ever sees them
 * @throws AppError `keyfile/exists`, `keyfile/unwritable`
 */
export async function makeKey({
  targetPath,
  passphrase,
  withWords,
}: Extract<SignerRequest, { kind: 'make' }>): Promise<{ address: Address; words: Uint8Array }> {
  const entropy = randomFillSync(new Uint8Array(ENTROPY_BYTES));
  const words = entropyToMnemonic(entropy, wordlist);
  entropy.fill(0);
  const seed = seedOfWords(words);
  try {
    await writeProtected({ path: targetPath, seed, passphrase });
    return {
      address: addressFromBytes(ed25519.getPublicKey(seed)),
      words: withWords ? new TextEncoder().encode(words) : new Uint8Array(0),
    };
  } finally {
    seed.fill(0);
  }
}

/**
 * The ed25519 seed that twelve words stand for: the first 32 bytes of their BIP39 seed, with an empty passphrase and no
 * derivation path. Source: solana-sdk, `keypair_from_seed_phrase_and_passphrase`.
 */
export function seedOfWords(words: string): Uint8Array {
  const whole = mnemonicToSeedSync(words, '');
  const seed = whole.slice(0, SEED_BYTES);
  whole.fill(0);
  return seed;
}
