import type { AccountKind } from '#core/accounts/account-kind.ts';
import { mint } from '#core/accounts/kinds/mint.ts';
import { tokenAccount } from '#core/accounts/kinds/token-account.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';

/**
 * Digits after the point of a mint's display unit.
 *
 * @throws AppError `dump/wrong-account`
 */
export function readMintDecimals(account: Account, programs: ProgramIds): number {
  return Number(fieldOf(mint, 'decimals', account, programs));
}

/**
 * Native units in a token account.
 *
 * @throws AppError `dump/wrong-account`
 */
export function readTokenAmount(account: Account, programs: ProgramIds): bigint {
  return BigInt(String(fieldOf(tokenAccount, 'amount', account, programs)));
}

function fieldOf(kind: AccountKind, name: string, account: Account, programs: ProgramIds): unknown {
  if (!kind.recognise(account, programs)) {
    throw new AppError('dump/wrong-account', { account: kind.name, address: account.address });
  }
  return kind.decode(account.data).find((field) => field.name === name)?.value;
}
