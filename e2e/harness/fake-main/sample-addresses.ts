import { sha256 } from '@noble/hashes/sha2.js';
import { type Address, addressFromBytes } from '#core/solana/address.ts';

/** An address that is always the same for a word. */
export function addressOf(word: string): Address {
  return addressFromBytes(sha256(new TextEncoder().encode(word)));
}

export const DEMO = addressOf('demo');
export const OWNER = addressOf('owner');
export const JOIN = addressOf('join authority');
export const COLD = addressOf('cold key');
export const WATCHED = addressOf('watched');
export const GENESIS = addressOf('practice genesis');
