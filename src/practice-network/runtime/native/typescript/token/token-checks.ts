import type { Address } from '#core/solana/address.ts';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../../instruction-failure.ts';
import type { WorkingAccount } from '../../../programs/program.ts';
import { tokenError } from './token-error.ts';
import { loadMultisig, MULTISIG_BYTES } from './token-state.ts';

/** What an instruction of the Token program works with; its number is cut off the data. */
export type TokenCall = { readonly accounts: readonly WorkingAccount[]; readonly data: Uint8Array };

/**
 * The first accounts of an instruction, and those after them.
 *
 * @throws InstructionFailure `NotEnoughAccountKeys`
 */
export function takeAccounts<const Names extends readonly string[]>(
  { accounts }: Pick<TokenCall, 'accounts'>,
  ...names: Names
): Record<Names[number], WorkingAccount> & { readonly rest: readonly WorkingAccount[] } {
  if (accounts.length < names.length) throw new InstructionFailure('NotEnoughAccountKeys');
  const taken = Object.fromEntries(names.map((name, index) => [name, accounts[index]]));
  // The length has just been checked, so every name has an account.
  return { ...(taken as Record<Names[number], WorkingAccount>), rest: accounts.slice(names.length) };
}

/** @throws InstructionFailure `IncorrectProgramId` */
export function requireTokenOwned({ owner }: WorkingAccount): void {
  if (owner !== TOKEN_PROGRAM) throw new InstructionFailure('IncorrectProgramId');
}

/**
 * Whether the authority expected is the one given, and signs: itself, or enough of a multisig's signers.
 *
 * @throws InstructionFailure `OwnerMismatch`, `MissingRequiredSignature`
 */
export function requireAuthority(
  expected: Address,
  authority: WorkingAccount,
  signers: readonly WorkingAccount[],
): void {
  if (authority.address !== expected) throw tokenError('OwnerMismatch');
  const isMultisig =
    authority.data.length === MULTISIG_BYTES &&
    (authority.owner === TOKEN_PROGRAM || authority.owner === TOKEN_2022_PROGRAM);
  if (!isMultisig) {
    if (!authority.isSigner) throw new InstructionFailure('MissingRequiredSignature');
    return;
  }
  const multisig = loadMultisig(authority);
  const matched = new Set<number>();
  for (const { address, isSigner } of signers) {
    for (const [place, member] of multisig.signers.entries()) {
      if (member !== address || matched.has(place)) continue;
      if (!isSigner) throw new InstructionFailure('MissingRequiredSignature');
      matched.add(place);
    }
  }
  if (matched.size < multisig.required) throw new InstructionFailure('MissingRequiredSignature');
}

/** A 64-bit amount at the start of the data, native units. @throws InstructionFailure `InvalidInstruction` */
export function readAmount(data: Uint8Array): bigint {
  if (data.length < 8) throw tokenError('InvalidInstruction');
  return new DataView(data.buffer, data.byteOffset).getBigUint64(0, true);
}

/** An amount and the decimals its sender believes in. @throws InstructionFailure `InvalidInstruction` */
export function readAmountAndDecimals(data: Uint8Array): { amount: bigint; decimals: number } {
  const decimals = data[8];
  if (decimals === undefined) throw tokenError('InvalidInstruction');
  return { amount: readAmount(data), decimals };
}

/** @throws InstructionFailure `error` when `value` is past 64 bits or below zero */
export function requireU64(value: bigint, error: 'Overflow' | 'InsufficientFunds'): bigint {
  if (value < 0n || value >= 1n << 64n) throw tokenError(error);
  return value;
}
