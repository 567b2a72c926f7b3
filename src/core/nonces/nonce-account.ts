import { sha256 } from '@noble/hashes/sha2.js';
import { base58 } from '@scure/base';
import type { Account } from '#core/ports.ts';
import { ADDRESS_BYTES, type Address, addressFromBytes } from '#core/solana/address.ts';
import { addressWithSeed } from '#core/solana/pda.ts';
import { RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';

/** Bytes of a nonce account. Source: Solana SDK, `nonce::State::size()`. */
export const NONCE_ACCOUNT_BYTES = 80;

/** Where the authority stands in a nonce account. Source: Solana SDK, `nonce::state`. */
export const NONCE_AUTHORITY_OFFSET = 8;

const NONCE_OFFSET = 40;
const NONCE_END = 72;

/**
 * `legacy`: from before nonces had a domain of their own; no transaction can live by it until it is advanced once. Source:
 * Solana SDK, `nonce::state::Versions`.
 */
export type NonceVersion = 'legacy' | 'current';

/** What lies at the address of a nonce account. Lamports throughout. */
export type NonceReading =
  | { readonly kind: 'missing'; readonly lamports: 0n }
  /** Something else: a wallet, an account of a program. */
  | { readonly kind: 'other'; readonly lamports: bigint; readonly owner: Address; readonly space: number }
  | { readonly kind: 'uninitialised'; readonly lamports: bigint; readonly version: NonceVersion }
  | {
      readonly kind: 'initialised';
      readonly lamports: bigint;
      readonly version: NonceVersion;
      /** Who advances, hands over and empties it. */
      readonly authority: Address;
      /** Base58: what stands in the place of a blockhash. */
      readonly nonce: string;
    };

/** The nonce in an account: owner, size, version and state are all looked at. */
export function readNonce(account: Account | undefined): NonceReading {
  if (!account || account.lamports === 0n) return { kind: 'missing', lamports: 0n };
  const { data, lamports, owner, space } = account;
  const other = { kind: 'other', lamports, owner, space } as const;
  if (owner !== SYSTEM_PROGRAM || data.length !== NONCE_ACCOUNT_BYTES) return other;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const version = VERSIONS[view.getUint32(0, true)];
  const state = view.getUint32(4, true);
  if (version === undefined || state > 1) return other;
  if (state === 0) return { kind: 'uninitialised', lamports, version };
  return {
    kind: 'initialised',
    lamports,
    version,
    authority: addressFromBytes(data.subarray(NONCE_AUTHORITY_OFFSET, NONCE_OFFSET)),
    nonce: base58.encode(data.subarray(NONCE_OFFSET, NONCE_END)),
  };
}

const VERSIONS: readonly (NonceVersion | undefined)[] = ['legacy', 'current'];

/**
 * The value a nonce gets when it is taken while this blockhash is the newest: `sha256("DURABLE_NONCE" ‖ blockhash)`. Source:
 * Solana SDK, `DurableNonce::from_blockhash`.
 */
export function nonceAfter(blockhash: string): string {
  const hash = sha256.create();
  hash.update(new TextEncoder().encode('DURABLE_NONCE'));
  hash.update(base58.decode(blockhash));
  return base58.encode(hash.digest());
}

/** Where a cluster keeps its newest blockhashes: by them a nonce that was taken in this very slot is known. */
export const BLOCKHASHES_ADDRESS: Address = RECENT_BLOCKHASHES_SYSVAR;

/**
 * The newest blockhash in the sysvar; `undefined` where the cluster has none. Layout: a count, then hash and fee of each, newest
 * first. Source: Solana SDK, `sysvar::recent_blockhashes`.
 */
export function newestBlockhash(sysvar: Account | undefined): string | undefined {
  const first = sysvar?.data.subarray(COUNT_BYTES, COUNT_BYTES + ADDRESS_BYTES);
  return first?.length === ADDRESS_BYTES ? base58.encode(first) : undefined;
}

const COUNT_BYTES = 8;

/** The seed of the n-th nonce account of a key: the same on every machine, so that accounts are found again. */
export function nonceSeed(number: number): string {
  return `nonce-${number}`;
}

/** Address of the n-th nonce account of a key. `base` signs its making; no other key exists. */
export function nonceAddress(base: Address, number: number): Address {
  return addressWithSeed(base, nonceSeed(number), SYSTEM_PROGRAM);
}
