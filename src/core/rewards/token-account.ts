import { tokenAccount as tokenAccountKind } from '#core/accounts/kinds/token-account.ts';
import { isAppError } from '#core/errors/app-error.ts';
import type { Account } from '#core/ports.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';

/** A classic token account as its own bytes have it. */
export type TokenAccount = {
  readonly mint: Address;
  readonly owner: Address;
  /** Native units. */
  readonly amount: bigint;
  readonly isFrozen: boolean;
  readonly hasDelegate: boolean;
};

/** Source: SPL Token, `AccountState::Frozen`. */
const FROZEN = 2;

/** `undefined` for anything but an initialised classic token account: SOL alone makes none. */
export function readTokenAccount(account: Account | undefined): TokenAccount | undefined {
  if (!account || !tokenAccountKind.recognise(account, DEFAULT_PROGRAM_IDS)) return undefined;
  try {
    const fields = tokenAccountKind.decode(account.data);
    const value = (name: string) => fields.find((field) => field.name === name)?.value;
    const [mint, owner, state] = [value('mint'), value('owner'), value('state')];
    if (!(mint instanceof Uint8Array) || !(owner instanceof Uint8Array) || state === 0) return undefined;
    return {
      mint: addressFromBytes(mint),
      owner: addressFromBytes(owner),
      amount: BigInt(String(value('amount'))),
      isFrozen: state === FROZEN,
      hasDelegate: value('delegate') !== null,
    };
  } catch (cause) {
    if (isAppError(cause)) return undefined;
    throw cause;
  }
}
