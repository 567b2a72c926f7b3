import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Address, addressFromBytes } from '#core/solana/address.ts';

/** Words whose addresses are those of keys that can sign. */
export const KEY_WORDS: readonly string[] = [
  'demo',
  'owner',
  'join authority',
  'cold key',
  'watched',
  'fresh account',
  'partner',
];

const known = new Map<string, Address>();

/** An address that is always the same for a word. */
export function addressOf(word: string): Address {
  const found = known.get(word) ?? makeAddress(word);
  known.set(word, found);
  return found;
}

/** The secret half of the key of a word. */
export function secretOf(word: string): Uint8Array {
  return sha256(new TextEncoder().encode(`secret of ${word}`));
}

function makeAddress(word: string): Address {
  const bytes = KEY_WORDS.includes(word)
    ? ed25519.getPublicKey(secretOf(word))
    : sha256(new TextEncoder().encode(word));
  return addressFromBytes(bytes);
}

export const DEMO = addressOf('demo');
export const OWNER = addressOf('owner');
export const JOIN = addressOf('join authority');
export const COLD = addressOf('cold key');
export const WATCHED = addressOf('watched');
export const PARTNER = addressOf('partner');
export const GENESIS = addressOf('practice genesis');
