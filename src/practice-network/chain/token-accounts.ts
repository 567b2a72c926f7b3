import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '../runtime/accounts.ts';

/** Sizes and offsets of the classic token program. Source: spl-token, `state.rs`. */
const MINT_BYTES = 82;
const TOKEN_ACCOUNT_BYTES = 165;

/** What a mint says. `supply` is native units. */
export type Mint = {
  readonly mintAuthority: Address | null;
  readonly supply: bigint;
  readonly decimals: number;
  readonly isInitialized: boolean;
  readonly freezeAuthority: Address | null;
};

/** What a token account says. `amount` is native units. */
export type TokenAccount = {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly delegate: Address | null;
  readonly state: 'initialized' | 'frozen';
  readonly isNative: boolean;
  readonly delegatedAmount: bigint;
  readonly closeAuthority: Address | null;
};

/** The mint in an account, `undefined` when it holds none. */
export function readMint(account: StoredAccount | undefined): Mint | undefined {
  if (account?.owner !== TOKEN_PROGRAM || account.data.length !== MINT_BYTES) return undefined;
  const view = viewOf(account.data);
  return {
    mintAuthority: readOption(account.data, 0),
    supply: view.getBigUint64(36, true),
    decimals: view.getUint8(44),
    isInitialized: view.getUint8(45) === 1,
    freezeAuthority: readOption(account.data, 46),
  };
}

/** The token account in an account, `undefined` when it holds none. */
export function readTokenAccount(account: StoredAccount | undefined): TokenAccount | undefined {
  if (account?.owner !== TOKEN_PROGRAM || account.data.length !== TOKEN_ACCOUNT_BYTES) return undefined;
  const view = viewOf(account.data);
  const state = view.getUint8(108);
  if (state === 0) return undefined;
  return {
    mint: addressFromBytes(account.data.subarray(0, 32)),
    owner: addressFromBytes(account.data.subarray(32, 64)),
    amount: view.getBigUint64(64, true),
    delegate: readOption(account.data, 72),
    state: state === 2 ? 'frozen' : 'initialized',
    isNative: view.getUint32(109, true) === 1,
    delegatedAmount: view.getBigUint64(121, true),
    closeAuthority: readOption(account.data, 129),
  };
}

/** Bytes of a mint with an authority, a supply and no freeze authority. */
export function encodeMint(mint: { authority: Uint8Array; supply: bigint; decimals: number }): Uint8Array {
  const data = new Uint8Array(MINT_BYTES);
  const view = viewOf(data);
  view.setUint32(0, 1, true);
  data.set(mint.authority, 4);
  view.setBigUint64(36, mint.supply, true);
  view.setUint8(44, mint.decimals);
  view.setUint8(45, 1);
  return data;
}

/** Bytes of an ordinary token account. */
export function encodeTokenAccount(account: { mint: Uint8Array; owner: Uint8Array; amount: bigint }): Uint8Array {
  const data = new Uint8Array(TOKEN_ACCOUNT_BYTES);
  data.set(account.mint, 0);
  data.set(account.owner, 32);
  viewOf(data).setBigUint64(64, account.amount, true);
  data[108] = 1;
  return data;
}

function readOption(data: Uint8Array, offset: number): Address | null {
  return viewOf(data).getUint32(offset, true) === 1 ? addressFromBytes(data.subarray(offset + 4, offset + 36)) : null;
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}
