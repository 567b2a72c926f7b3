import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import type { WorkingAccount } from '../../../programs/program.ts';
import { rentExemptMinimum } from '../../../rent.ts';
import { requireRentSysvar } from './initialize.ts';
import { INCINERATOR, isOwnedByNobody, spendAs } from './move-tokens.ts';
import {
  readAmount,
  requireAuthority,
  requireTokenOwned,
  requireU64,
  takeAccounts,
  type TokenCall,
} from './token-checks.ts';
import { tokenError } from './token-error.ts';
import { loadAccount, loadMint, MINT_BYTES, MULTISIG_BYTES, TOKEN_ACCOUNT_BYTES } from './token-state.ts';

/** `CloseAccount` */
export function closeAccount(call: TokenCall): void {
  const { source, destination, authority, rest } = takeAccounts(call, 'source', 'destination', 'authority');
  if (source === destination) throw new InstructionFailure('InvalidAccountData');
  const account = loadAccount(source);
  if (!account.isNative.get() && account.amount.get() !== 0n) throw tokenError('NonNativeHasBalance');
  if (!isOwnedByNobody(account.owner.get())) {
    requireAuthority(account.closeAuthority.get() ?? account.owner.get(), authority, rest);
  } else if (destination.address !== INCINERATOR) throw new InstructionFailure('InvalidAccountData');
  destination.lamports = requireU64(destination.lamports + source.lamports, 'Overflow');
  source.lamports = 0n;
  source.data = new Uint8Array(0);
  source.owner = SYSTEM_PROGRAM;
}

/** `SyncNative`: the amount of wrapped SOL follows the lamports. A second account must be the rent sysvar. */
export function syncNative(call: TokenCall): void {
  const { account: target, rest } = takeAccounts(call, 'account');
  requireTokenOwned(target);
  if (rest[0] !== undefined) requireRentSysvar(rest[0]);
  const account = loadAccount(target);
  if (!account.isNative.get()) throw tokenError('NonNativeNotSupported');
  const reserve = rentExemptMinimum(target.data.length);
  const amount = requireU64(target.lamports - reserve, 'Overflow');
  account.nativeAmount.set(reserve);
  account.amount.set(amount);
}

/** `WithdrawExcessLamports`: what an account holds above its rent. */
export function withdrawExcessLamports(call: TokenCall): void {
  const { source, destination, authority, rest } = takeAccounts(call, 'source', 'destination', 'authority');
  requireWithdrawer(source, authority, rest);
  const excess = source.lamports - rentExemptMinimum(source.data.length);
  if (excess < 0n) throw tokenError('NotRentExempt');
  source.lamports -= excess;
  destination.lamports += excess;
}

function requireWithdrawer(
  source: WorkingAccount,
  authority: WorkingAccount,
  signers: readonly WorkingAccount[],
): void {
  switch (source.data.length) {
    case TOKEN_ACCOUNT_BYTES: {
      const account = loadAccount(source);
      if (account.isNative.get()) throw tokenError('NativeNotSupported');
      requireAuthority(account.owner.get(), authority, signers);
      return;
    }
    case MINT_BYTES: {
      const mintAuthority = loadMint(source).mintAuthority.get();
      if (mintAuthority !== undefined) requireAuthority(mintAuthority, authority, signers);
      else if (source !== authority) throw tokenError('AuthorityTypeNotSupported');
      else if (!authority.isSigner) throw new InstructionFailure('MissingRequiredSignature');
      return;
    }
    case MULTISIG_BYTES:
      requireAuthority(source.address, authority, signers);
      return;
    default:
      throw tokenError('InvalidState');
  }
}

/** `UnwrapLamports`: an amount of wrapped SOL, or all of it, back to lamports. */
export function unwrapLamports(call: TokenCall): void {
  const [option] = call.data;
  if (option === undefined || option > 1) throw tokenError('InvalidInstruction');
  const requested = option === 1 ? readAmount(call.data.subarray(1)) : undefined;
  const { source, destination, authority, rest } = takeAccounts(call, 'source', 'destination', 'authority');
  const account = loadAccount(source);
  if (!account.isNative.get()) throw tokenError('NonNativeNotSupported');
  const amount = requested ?? account.amount.get();
  const remaining = requireU64(account.amount.get() - amount, 'InsufficientFunds');
  spendAs(account, authority, rest, amount);
  if (amount === 0n) {
    requireTokenOwned(source);
    return;
  }
  account.amount.set(remaining);
  if (source === destination) return;
  source.lamports = BigInt.asUintN(64, source.lamports - amount);
  destination.lamports += amount;
}
