import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import type { WorkingAccount } from '../../../programs/program.ts';

/** Bytes of the Token program's accounts. Source: SPL Token, `Pack::LEN`. */
export const TOKEN_ACCOUNT_BYTES = 165;
export const MINT_BYTES = 82;
export const MULTISIG_BYTES = 355;

/** Signers a multisig has at most. Source: SPL Token, `MAX_SIGNERS`. */
export const MAX_SIGNERS = 11;

/** Where the fields are. An optional one begins with four bytes of which the program looks at the first. Source: SPL Token, `state.rs`. */
const ACCOUNT = {
  mint: 0,
  owner: 32,
  amount: 64,
  delegate: 72,
  state: 108,
  isNative: 109,
  nativeAmount: 113,
  delegatedAmount: 121,
  closeAuthority: 129,
};
const MINT = { mintAuthority: 0, supply: 36, decimals: 44, isInitialized: 45, freezeAuthority: 46 };
const MULTISIG = { m: 0, n: 1, isInitialized: 2, signers: 3 };

/** States of a token account. */
const UNINITIALIZED = 0;
export const INITIALIZED = 1;
export const FROZEN = 2;

/** A token account's bytes as fields; setting one writes the bytes. */
export type TokenAccount = ReturnType<typeof accountFields>;

/** A mint's bytes as fields; setting one writes the bytes. */
export type Mint = ReturnType<typeof mintFields>;

function accountFields(data: Uint8Array) {
  const field = fieldsOf(data);
  return {
    mint: field.address(ACCOUNT.mint),
    owner: field.address(ACCOUNT.owner),
    amount: field.u64(ACCOUNT.amount),
    delegate: field.option(ACCOUNT.delegate),
    state: field.u8(ACCOUNT.state),
    isNative: field.flag(ACCOUNT.isNative),
    nativeAmount: field.u64(ACCOUNT.nativeAmount),
    delegatedAmount: field.u64(ACCOUNT.delegatedAmount),
    closeAuthority: field.option(ACCOUNT.closeAuthority),
  };
}

function mintFields(data: Uint8Array) {
  const field = fieldsOf(data);
  return {
    mintAuthority: field.option(MINT.mintAuthority),
    supply: field.u64(MINT.supply),
    decimals: field.u8(MINT.decimals),
    isInitialized: field.u8(MINT.isInitialized),
    freezeAuthority: field.option(MINT.freezeAuthority),
  };
}

/** A value in an account's bytes. */
type Field<T> = { readonly get: () => T; readonly set: (value: T) => void };

function fieldsOf(data: Uint8Array) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const u8 = (at: number): Field<number> => ({
    get: () => view.getUint8(at),
    set: (value) => view.setUint8(at, value),
  });
  const address = (at: number): Field<Address> => ({
    get: () => addressFromBytes(data.subarray(at, at + 32)),
    set: (value) => data.set(addressToBytes(value), at),
  });
  return {
    u8,
    address,
    u64: (at: number): Field<bigint> => ({
      get: () => view.getBigUint64(at, true),
      set: (value) => view.setBigUint64(at, value, true),
    }),
    flag: (at: number): Field<boolean> => ({
      get: () => view.getUint8(at) === 1,
      set: (value) => view.setUint8(at, value ? 1 : 0),
    }),
    /** Clearing leaves the address where it was. */
    option: (at: number): Field<Address | undefined> => ({
      get: () => (view.getUint8(at) === 1 ? address(at + 4).get() : undefined),
      set: (value) => {
        view.setUint8(at, value === undefined ? 0 : 1);
        if (value !== undefined) address(at + 4).set(value);
      },
    }),
  };
}

/**
 * An initialized token account's fields.
 *
 * @throws InstructionFailure `InvalidAccountData` for a wrong size or state, `UninitializedAccount`
 */
export function loadAccount(account: WorkingAccount): TokenAccount {
  const fields = openAccount(account);
  if (!isInitialized(fields)) throw new InstructionFailure('UninitializedAccount');
  return fields;
}

/** The fields of a token account that may still be empty. @throws InstructionFailure `InvalidAccountData` for a wrong size */
export function openAccount(account: WorkingAccount): TokenAccount {
  return accountFields(ownBytes(account, TOKEN_ACCOUNT_BYTES));
}

/** @throws InstructionFailure `InvalidAccountData` for a state that does not exist */
export function isInitialized({ state }: TokenAccount): boolean {
  if (state.get() > FROZEN) throw new InstructionFailure('InvalidAccountData');
  return state.get() !== UNINITIALIZED;
}

/** An initialized mint's fields. @throws InstructionFailure as {@link loadAccount} */
export function loadMint(account: WorkingAccount): Mint {
  const fields = openMint(account);
  if (!isInitializedMint(fields)) throw new InstructionFailure('UninitializedAccount');
  return fields;
}

/** The fields of a mint that may still be empty. @throws InstructionFailure `InvalidAccountData` for a wrong size */
export function openMint(account: WorkingAccount): Mint {
  return mintFields(ownBytes(account, MINT_BYTES));
}

/** @throws InstructionFailure `InvalidAccountData` for a state that does not exist */
export function isInitializedMint({ isInitialized: flag }: Mint): boolean {
  if (flag.get() > 1) throw new InstructionFailure('InvalidAccountData');
  return flag.get() === 1;
}

/** A multisig: so many of these must sign. */
type Multisig = { readonly required: number; readonly signers: readonly Address[] };

/** An initialized multisig. @throws InstructionFailure as {@link loadAccount} */
export function loadMultisig({ data }: WorkingAccount): Multisig {
  if (!isInitializedMultisig(data)) throw new InstructionFailure('UninitializedAccount');
  const count = data[MULTISIG.n] ?? 0;
  const at = (index: number) => MULTISIG.signers + index * 32;
  return {
    required: data[MULTISIG.m] ?? 0,
    signers: Array.from({ length: count }, (_, index) => addressFromBytes(data.subarray(at(index), at(index + 1)))),
  };
}

/** @throws InstructionFailure `InvalidAccountData` for a wrong size or a state that does not exist */
export function isInitializedMultisig(data: Uint8Array): boolean {
  const flag = data[MULTISIG.isInitialized] ?? 0;
  if (data.length !== MULTISIG_BYTES || flag > 1) throw new InstructionFailure('InvalidAccountData');
  return flag === 1;
}

/** Writes a multisig; signer places past the given ones stay as they were. */
export function writeMultisig(account: WorkingAccount, { required, signers }: Multisig): void {
  const data = ownBytes(account, MULTISIG_BYTES);
  data.set([required, signers.length, 1]);
  for (const [index, signer] of signers.entries()) data.set(addressToBytes(signer), MULTISIG.signers + index * 32);
}

/** Bytes the instruction may write into: stored ones are never changed in place. */
function ownBytes(account: WorkingAccount, size: number): Uint8Array {
  if (account.data.length !== size) throw new InstructionFailure('InvalidAccountData');
  account.data = account.data.slice();
  return account.data;
}
