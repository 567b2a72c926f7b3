import { type Address, parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { WorkingAccount } from '../../../programs/program.ts';
import {
  readAmount,
  readAmountAndDecimals,
  requireAuthority,
  requireTokenOwned,
  requireU64,
  takeAccounts,
  type TokenCall,
} from './token-checks.ts';
import { tokenError } from './token-error.ts';
import { FROZEN, loadAccount, loadMint, type Mint, type TokenAccount } from './token-state.ts';

/** Whoever owns what nobody can sign for. Source: Solana SDK, `incinerator`. */
export const INCINERATOR = parseAddress('1nc1nerator11111111111111111111111111111111');

/** `Transfer` */
export function transfer(call: TokenCall): void {
  const amount = readAmount(call.data);
  const { source, destination, authority, rest } = takeAccounts(call, 'source', 'destination', 'authority');
  moveTokens({ source, destination, authority, signers: rest, amount });
}

/** `TransferChecked` */
export function transferChecked(call: TokenCall): void {
  const { amount, decimals } = readAmountAndDecimals(call.data);
  const taken = takeAccounts(call, 'source', 'mint', 'destination', 'authority');
  const { source, mint, destination, authority, rest } = taken;
  moveTokens({ source, destination, authority, signers: rest, amount, checked: { mint, decimals } });
}

type Move = {
  readonly source: WorkingAccount;
  readonly destination: WorkingAccount;
  readonly authority: WorkingAccount;
  readonly signers: readonly WorkingAccount[];
  readonly amount: bigint;
  readonly checked?: { readonly mint: WorkingAccount; readonly decimals: number };
};

function moveTokens({ source, destination, authority, signers, amount, checked }: Move): void {
  const from = loadAccount(source);
  const isSame = source === destination;
  const to = isSame ? from : loadAccount(destination);
  if (from.state.get() === FROZEN || to.state.get() === FROZEN) throw tokenError('AccountFrozen');
  const remaining = requireU64(from.amount.get() - amount, 'InsufficientFunds');
  if (from.mint.get() !== to.mint.get()) throw tokenError('MintMismatch');
  if (checked !== undefined) {
    if (checked.mint.address !== from.mint.get()) throw tokenError('MintMismatch');
    requireDecimals(loadMint(checked.mint), checked.decimals);
  }
  spendAs(from, authority, signers, amount, !isSame);
  if (isSame || amount === 0n) {
    requireTokenOwned(source);
    requireTokenOwned(destination);
    return;
  }
  from.amount.set(remaining);
  to.amount.set(requireU64(to.amount.get() + amount, 'Overflow'));
  if (!from.isNative.get()) return;
  source.lamports = requireU64(source.lamports - amount, 'Overflow');
  destination.lamports = requireU64(destination.lamports + amount, 'Overflow');
}

/**
 * Owner or delegate signs; what a delegate spends is taken off what it may, and who may spend nothing more is no delegate
 * any more.
 *
 * @param isCounted - not when the tokens stay where they are
 * @throws InstructionFailure `OwnerMismatch`, `MissingRequiredSignature`, `InsufficientFunds`
 */
export function spendAs(
  from: TokenAccount,
  authority: WorkingAccount,
  signers: readonly WorkingAccount[],
  amount: bigint,
  isCounted = true,
): void {
  const delegate = from.delegate.get();
  if (delegate !== authority.address) {
    requireAuthority(from.owner.get(), authority, signers);
    return;
  }
  requireAuthority(delegate, authority, signers);
  const left = requireU64(from.delegatedAmount.get() - amount, 'InsufficientFunds');
  if (!isCounted) return;
  from.delegatedAmount.set(left);
  if (left === 0n) from.delegate.set(undefined);
}

function requireDecimals(mint: Mint, decimals: number): void {
  if (mint.decimals.get() !== decimals) throw tokenError('MintDecimalsMismatch');
}

/** `MintTo`, and with decimals `MintToChecked` */
export function mintTo(call: TokenCall, isChecked: boolean): void {
  const { amount, decimals } = readTerms(call.data, isChecked);
  const { mint: mintAccount, destination, authority, rest } = takeAccounts(call, 'mint', 'destination', 'authority');
  const to = loadAccount(destination);
  if (to.state.get() === FROZEN) throw tokenError('AccountFrozen');
  if (to.isNative.get()) throw tokenError('NativeNotSupported');
  if (to.mint.get() !== mintAccount.address) throw tokenError('MintMismatch');
  const mint = loadMint(mintAccount);
  if (decimals !== undefined) requireDecimals(mint, decimals);
  const mintAuthority = mint.mintAuthority.get();
  if (mintAuthority === undefined) throw tokenError('FixedSupply');
  requireAuthority(mintAuthority, authority, rest);
  if (amount === 0n) {
    requireTokenOwned(mintAccount);
    requireTokenOwned(destination);
    return;
  }
  mint.supply.set(requireU64(mint.supply.get() + amount, 'Overflow'));
  to.amount.set(BigInt.asUintN(64, to.amount.get() + amount));
}

/** `Burn`, and with decimals `BurnChecked` */
export function burn(call: TokenCall, isChecked: boolean): void {
  const { amount, decimals } = readTerms(call.data, isChecked);
  const { source, mint: mintAccount, authority, rest } = takeAccounts(call, 'source', 'mint', 'authority');
  const from = loadAccount(source);
  const mint = loadMint(mintAccount);
  if (from.state.get() === FROZEN) throw tokenError('AccountFrozen');
  if (from.isNative.get()) throw tokenError('NativeNotSupported');
  const remaining = requireU64(from.amount.get() - amount, 'InsufficientFunds');
  if (from.mint.get() !== mintAccount.address) throw tokenError('MintMismatch');
  if (decimals !== undefined) requireDecimals(mint, decimals);
  if (!isOwnedByNobody(from.owner.get())) spendAs(from, authority, rest, amount);
  if (amount === 0n) {
    requireTokenOwned(source);
    requireTokenOwned(mintAccount);
    return;
  }
  from.amount.set(remaining);
  mint.supply.set(BigInt.asUintN(64, mint.supply.get() - amount));
}

/** Whether anyone may burn from, and close, an account of this owner. */
export function isOwnedByNobody(owner: Address): boolean {
  return owner === SYSTEM_PROGRAM || owner === INCINERATOR;
}

function readTerms(data: Uint8Array, isChecked: boolean): { amount: bigint; decimals?: number } {
  return isChecked ? readAmountAndDecimals(data) : { amount: readAmount(data) };
}
