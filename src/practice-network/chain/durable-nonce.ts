import { sha256 } from '@noble/hashes/sha2.js';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { isSignerIndex, type Message } from '#core/solana/message.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { base58 } from '@scure/base';
import type { AccountSource, StoredAccount } from '../runtime/accounts.ts';

/** Size, versions and offsets of a nonce account. Source: Solana SDK, `nonce::state`. */
const NONCE_ACCOUNT_BYTES = 80;
const CURRENT_VERSION = 1;
const INITIALIZED = 1;
const AUTHORITY_AT = 8;
const NONCE_AT = 40;
const FEE_AT = 72;

/** What is stored as the fee at the time the nonce was taken; nobody reads it any more. Source: Solana SDK. */
const LAMPORTS_PER_SIGNATURE = 5000n;

/** What an initialized nonce account says. */
export type NonceState = {
  readonly authority: Address;
  readonly nonce: string;
  readonly lamportsPerSignature: bigint;
};

/** A transaction that lives by a nonce, and the account that must advance when it lands. */
export type NonceUse = { readonly address: Address; readonly account: StoredAccount };

/** The nonce in an account, `undefined` when it holds none. */
export function readNonceState(account: StoredAccount | undefined): NonceState | undefined {
  if (account?.owner !== SYSTEM_PROGRAM || account.data.length !== NONCE_ACCOUNT_BYTES) return undefined;
  const { data } = account;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0, true) !== CURRENT_VERSION || view.getUint32(4, true) !== INITIALIZED) return undefined;
  return {
    authority: addressFromBytes(data.subarray(AUTHORITY_AT, NONCE_AT)),
    nonce: addressFromBytes(data.subarray(NONCE_AT, FEE_AT)),
    lamportsPerSignature: view.getBigUint64(FEE_AT, true),
  };
}

/**
 * The nonce that keeps a transaction alive although its blockhash is none: the stored value is the one it names, its
 * authority signs the advance, and it was not taken in this very slot. Source: Agave, `check_nonce_transaction_validity`.
 */
export function findNonceUse(message: Message, accounts: AccountSource, newestBlockhash: string): NonceUse | undefined {
  const lifetime = readLifetime(message);
  if (lifetime.kind !== 'nonce' || lifetime.nonce === nextNonce(newestBlockhash)) return undefined;
  const account = accounts(lifetime.nonceAccount);
  const state = readNonceState(account);
  if (!account || state?.nonce !== lifetime.nonce || !signsFirstInstruction(message, state.authority)) return undefined;
  return { address: lifetime.nonceAccount, account };
}

/** The nonce account after it advanced: what a failed transaction leaves behind besides its fee. */
export function advancedNonce(account: StoredAccount, newestBlockhash: string): StoredAccount {
  const data = account.data.slice();
  data.set(base58.decode(nextNonce(newestBlockhash)), NONCE_AT);
  new DataView(data.buffer).setBigUint64(FEE_AT, LAMPORTS_PER_SIGNATURE, true);
  return { ...account, data };
}

/** `sha256("DURABLE_NONCE" ‖ blockhash)`. Source: Solana SDK, `DurableNonce::from_blockhash`. */
function nextNonce(blockhash: string): string {
  const prefix = new TextEncoder().encode('DURABLE_NONCE');
  const input = new Uint8Array(prefix.length + 32);
  input.set(prefix);
  input.set(base58.decode(blockhash), prefix.length);
  return addressFromBytes(sha256(input));
}

function signsFirstInstruction(message: Message, authority: Address): boolean {
  const [first] = message.instructions;
  return (
    first?.accountIndexes.some((index) => isSignerIndex(message, index) && message.staticKeys[index] === authority) ===
    true
  );
}
