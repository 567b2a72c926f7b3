import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import type { WorkingAccount } from '../../../programs/program.ts';
import { readAmount, readAmountAndDecimals, requireAuthority, takeAccounts, type TokenCall } from './token-checks.ts';
import { tokenError } from './token-error.ts';
import { FROZEN, INITIALIZED, loadAccount, loadMint, MINT_BYTES, TOKEN_ACCOUNT_BYTES } from './token-state.ts';

/** `Approve` */
export function approve(call: TokenCall): void {
  const amount = readAmount(call.data);
  const { source, delegate, owner, rest } = takeAccounts(call, 'source', 'delegate', 'owner');
  setDelegate({ source, delegate, owner, signers: rest, amount });
}

/** `ApproveChecked` */
export function approveChecked(call: TokenCall): void {
  const { amount, decimals } = readAmountAndDecimals(call.data);
  const { source, mint, delegate, owner, rest } = takeAccounts(call, 'source', 'mint', 'delegate', 'owner');
  setDelegate({ source, delegate, owner, signers: rest, amount, checked: { mint, decimals } });
}

function setDelegate({
  source,
  delegate,
  owner,
  signers,
  amount,
  checked,
}: {
  source: WorkingAccount;
  delegate: WorkingAccount;
  owner: WorkingAccount;
  signers: readonly WorkingAccount[];
  amount: bigint;
  checked?: { mint: WorkingAccount; decimals: number };
}): void {
  const account = loadAccount(source);
  if (account.state.get() === FROZEN) throw tokenError('AccountFrozen');
  if (checked !== undefined) {
    if (checked.mint.address !== account.mint.get()) throw tokenError('MintMismatch');
    if (loadMint(checked.mint).decimals.get() !== checked.decimals) throw tokenError('MintDecimalsMismatch');
  }
  requireAuthority(account.owner.get(), owner, signers);
  account.delegate.set(delegate.address);
  account.delegatedAmount.set(amount);
}

/** `Revoke`, by the owner or the delegate itself */
export function revoke(call: TokenCall): void {
  const account = loadAccount(takeAccounts(call, 'source').source);
  const { authority, rest } = takeAccounts(call, 'source', 'authority');
  if (account.state.get() === FROZEN) throw tokenError('AccountFrozen');
  const isDelegate = account.delegate.get() === authority.address;
  requireAuthority(isDelegate ? authority.address : account.owner.get(), authority, rest);
  account.delegate.set(undefined);
  account.delegatedAmount.set(0n);
}

/** `FreezeAccount` and `ThawAccount` */
export function setFrozen(call: TokenCall, isFrozen: boolean): void {
  const { account: target, mint: mintAccount, authority, rest } = takeAccounts(call, 'account', 'mint', 'authority');
  const account = loadAccount(target);
  if ((account.state.get() === FROZEN) === isFrozen) throw tokenError('InvalidState');
  if (account.isNative.get()) throw tokenError('NativeNotSupported');
  if (account.mint.get() !== mintAccount.address) throw tokenError('MintMismatch');
  const freezeAuthority = loadMint(mintAccount).freezeAuthority.get();
  if (freezeAuthority === undefined) throw tokenError('MintCannotFreeze');
  requireAuthority(freezeAuthority, authority, rest);
  account.state.set(isFrozen ? FROZEN : INITIALIZED);
}

/** Numbers of what an authority decides over. Source: SPL Token, `AuthorityType`. */
const MINT_TOKENS = 0;
const FREEZE_ACCOUNT = 1;
const ACCOUNT_OWNER = 2;
const CLOSE_ACCOUNT = 3;

/** `SetAuthority` */
export function setAuthority(call: TokenCall): void {
  const { authorityType, newAuthority } = readAuthorityArguments(call.data);
  const { target, authority, rest } = takeAccounts(call, 'target', 'authority');
  const change = { target, authority, signers: rest, authorityType, newAuthority };
  if (target.data.length === TOKEN_ACCOUNT_BYTES) setAccountAuthority(change);
  else if (target.data.length === MINT_BYTES) setMintAuthority(change);
  else throw new InstructionFailure('InvalidArgument');
}

type AuthorityChange = {
  readonly target: WorkingAccount;
  readonly authority: WorkingAccount;
  readonly signers: readonly WorkingAccount[];
  readonly authorityType: number;
  /** `undefined` gives the authority up. */
  readonly newAuthority: Address | undefined;
};

function setAccountAuthority({ target, authority, signers, authorityType, newAuthority }: AuthorityChange): void {
  const account = loadAccount(target);
  if (account.state.get() === FROZEN) throw tokenError('AccountFrozen');
  if (authorityType === ACCOUNT_OWNER) {
    requireAuthority(account.owner.get(), authority, signers);
    if (newAuthority === undefined) throw tokenError('InvalidInstruction');
    account.owner.set(newAuthority);
    account.delegate.set(undefined);
    account.delegatedAmount.set(0n);
    if (account.isNative.get()) account.closeAuthority.set(undefined);
  } else if (authorityType === CLOSE_ACCOUNT) {
    requireAuthority(account.closeAuthority.get() ?? account.owner.get(), authority, signers);
    account.closeAuthority.set(newAuthority);
  } else throw tokenError('AuthorityTypeNotSupported');
}

function setMintAuthority({ target, authority, signers, authorityType, newAuthority }: AuthorityChange): void {
  const mint = loadMint(target);
  if (authorityType === MINT_TOKENS) {
    const current = mint.mintAuthority.get();
    if (current === undefined) throw tokenError('FixedSupply');
    requireAuthority(current, authority, signers);
    mint.mintAuthority.set(newAuthority);
  } else if (authorityType === FREEZE_ACCOUNT) {
    const current = mint.freezeAuthority.get();
    if (current === undefined) throw tokenError('MintCannotFreeze');
    requireAuthority(current, authority, signers);
    mint.freezeAuthority.set(newAuthority);
  } else throw tokenError('AuthorityTypeNotSupported');
}

function readAuthorityArguments(data: Uint8Array) {
  const [authorityType, option] = data;
  const isReadable =
    authorityType !== undefined &&
    option !== undefined &&
    authorityType <= CLOSE_ACCOUNT &&
    (option === 0 || (option === 1 && data.length >= 34));
  if (!isReadable) throw tokenError('InvalidInstruction');
  return { authorityType, newAuthority: option === 0 ? undefined : addressFromBytes(data.subarray(2, 34)) };
}
