import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { failAt, failWithProgramError } from '../anchor/anchor-error.ts';
import type { ProgramContext, WorkingAccount } from '../program.ts';
import type { AccountList } from './treasurer-accounts.ts';

/** Sizes and offsets of the classic token program. Source: spl-token, `state.rs`. */
const MINT_BYTES = 82;
const MINT_IS_INITIALIZED_AT = 45;
const TOKEN_ACCOUNT_BYTES = 165;
const OWNER_AT = 32;
const DELEGATE_TAG_AT = 72;
const STATE_AT = 108;

/** What the treasurer looks at in a token account. */
export type TokenAccount = {
  readonly info: WorkingAccount;
  readonly mint: Address;
  readonly owner: Address;
  readonly hasDelegate: boolean;
};

/** Takes a classic mint from the list: 3012, 3007 (a Token-2022 mint too), or an error of the runtime. */
export function takeMint(list: AccountList, context: ProgramContext, name: string): WorkingAccount {
  return takeUnpacked(list, context, name, MINT_BYTES, MINT_IS_INITIALIZED_AT);
}

/** Takes a classic token account from the list: 3012, 3007, or an error of the runtime. */
export function takeTokenAccount(list: AccountList, context: ProgramContext, name: string): TokenAccount {
  const info = takeUnpacked(list, context, name, TOKEN_ACCOUNT_BYTES, STATE_AT);
  const { data } = info;
  return {
    info,
    mint: addressFromBytes(data.subarray(0, OWNER_AT)),
    owner: addressFromBytes(data.subarray(OWNER_AT, OWNER_AT + 32)),
    hasDelegate: data[DELEGATE_TAG_AT] === 1,
  };
}

/** @param stateAt - the byte that is zero until the account is initialised */
function takeUnpacked(
  list: AccountList,
  context: ProgramContext,
  name: string,
  sizeBytes: number,
  stateAt: number,
): WorkingAccount {
  const info = list.unchecked(name);
  if (info.owner === SYSTEM_PROGRAM && info.lamports === 0n) failAt(context, name, 'AccountNotInitialized');
  if (info.owner !== TOKEN_PROGRAM) {
    failAt(context, name, 'AccountOwnedByWrongProgram', { left: info.owner, right: TOKEN_PROGRAM });
  }
  if (info.data.length !== sizeBytes) failWithProgramError(context, name, 'InvalidAccountData');
  if (info.data[stateAt] === 0) failWithProgramError(context, name, 'UninitializedAccount');
  return info;
}
