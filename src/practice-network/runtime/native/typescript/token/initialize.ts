import { type Address, addressFromBytes, parseAddress } from '#core/solana/address.ts';
import { RENT_SYSVAR } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import type { WorkingAccount } from '../../../programs/program.ts';
import { rentExemptMinimum } from '../../../rent.ts';
import { requireTokenOwned, takeAccounts, type TokenCall } from './token-checks.ts';
import { tokenError } from './token-error.ts';
import {
  INITIALIZED,
  isInitialized,
  isInitializedMint,
  isInitializedMultisig,
  loadMint,
  MAX_SIGNERS,
  openAccount,
  openMint,
  writeMultisig,
} from './token-state.ts';

/** The mint of wrapped SOL. Source: SPL Token, `native_mint`. */
const NATIVE_MINT = parseAddress('So11111111111111111111111111111111111111112');

/** `InitializeMint`, with the rent sysvar among its accounts, and `InitializeMint2`, without. */
export function initializeMint(call: TokenCall, rent: 'rent-account' | 'rent-known'): void {
  const { decimals, mintAuthority, freezeAuthority } = readMintArguments(call.data);
  const { mint: account, rest } = takeAccounts(call, 'mint');
  if (rent === 'rent-account') requireRentSysvar(rest[0]);
  const mint = openMint(account);
  if (isInitializedMint(mint)) throw tokenError('AlreadyInUse');
  requireExempt(account);
  mint.isInitialized.set(1);
  mint.mintAuthority.set(mintAuthority);
  mint.decimals.set(decimals);
  if (freezeAuthority !== undefined) mint.freezeAuthority.set(freezeAuthority);
}

function readMintArguments(data: Uint8Array) {
  const [decimals, option] = [data[0], data[33]];
  if (decimals === undefined || option === undefined || option > 1) throw tokenError('InvalidInstruction');
  if (option === 1 && data.length < 66) throw tokenError('InvalidInstruction');
  return {
    decimals,
    mintAuthority: addressFromBytes(data.subarray(1, 33)),
    freezeAuthority: option === 1 ? addressFromBytes(data.subarray(34, 66)) : undefined,
  };
}

/** `InitializeAccount`: the owner is an account of the instruction. */
export function initializeAccount(call: TokenCall): void {
  const { account, mint, owner, rest } = takeAccounts(call, 'account', 'mint', 'owner');
  if (rest[0] === undefined) throw new InstructionFailure('NotEnoughAccountKeys');
  requireRentSysvar(rest[0]);
  openTokenAccount(account, mint, owner.address);
}

/** `InitializeAccount2`, with the rent sysvar, and `InitializeAccount3`, without: the owner is in the data. */
export function initializeAccountFor(call: TokenCall, rent: 'rent-account' | 'rent-known'): void {
  if (call.data.length < 32) throw tokenError('InvalidInstruction');
  const { account, mint, rest } = takeAccounts(call, 'account', 'mint');
  if (rent === 'rent-account') requireRentSysvar(rest[0]);
  openTokenAccount(account, mint, addressFromBytes(call.data.subarray(0, 32)));
}

function openTokenAccount(account: WorkingAccount, mint: WorkingAccount, owner: Address): void {
  const token = openAccount(account);
  if (isInitialized(token)) throw tokenError('AlreadyInUse');
  requireExempt(account);
  const isNative = mint.address === NATIVE_MINT;
  if (!isNative) requireMint(mint);
  token.state.set(INITIALIZED);
  token.mint.set(mint.address);
  token.owner.set(owner);
  if (!isNative) return;
  const reserve = rentExemptMinimum(account.data.length);
  token.isNative.set(true);
  token.nativeAmount.set(reserve);
  token.amount.set(account.lamports - reserve);
}

/** @throws InstructionFailure `IncorrectProgramId`, `InvalidMint` */
export function requireMint(account: WorkingAccount): ReturnType<typeof loadMint> {
  requireTokenOwned(account);
  try {
    return loadMint(account);
  } catch (cause) {
    throw cause instanceof InstructionFailure ? tokenError('InvalidMint') : cause;
  }
}

/** `InitializeMultisig`, with the rent sysvar, and `InitializeMultisig2`, without. */
export function initializeMultisig(call: TokenCall, rent: 'rent-account' | 'rent-known'): void {
  const [required] = call.data;
  if (required === undefined) throw tokenError('InvalidInstruction');
  const { multisig, rest } = takeAccounts(call, 'multisig');
  if (rent === 'rent-account') requireRentSysvar(rest[0]);
  const signers = rent === 'rent-account' ? rest.slice(1) : rest;
  if (isInitializedMultisig(multisig.data)) throw tokenError('AlreadyInUse');
  requireExempt(multisig);
  if (signers.length < 1 || signers.length > MAX_SIGNERS) throw tokenError('InvalidNumberOfProvidedSigners');
  if (required < 1 || required > MAX_SIGNERS) throw tokenError('InvalidNumberOfRequiredSigners');
  writeMultisig(multisig, { required, signers: signers.map(({ address }) => address) });
}

/** `InitializeImmutableOwner`: accounts of this program need none, so it only looks. */
export function initializeImmutableOwner(call: TokenCall): void {
  const { account } = takeAccounts(call, 'account');
  if (isInitialized(openAccount(account))) throw tokenError('AlreadyInUse');
}

/** @throws InstructionFailure `NotEnoughAccountKeys`, `InvalidArgument` */
export function requireRentSysvar(account: WorkingAccount | undefined): void {
  if (account === undefined) throw new InstructionFailure('NotEnoughAccountKeys');
  if (account.address !== RENT_SYSVAR) throw new InstructionFailure('InvalidArgument');
}

function requireExempt({ lamports, data }: WorkingAccount): void {
  if (lamports < rentExemptMinimum(data.length)) throw tokenError('NotRentExempt');
}
