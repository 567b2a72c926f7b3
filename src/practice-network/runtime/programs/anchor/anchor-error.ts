import type { Address } from '#core/solana/address.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { ProgramContext } from '../program.ts';

/** An error as an Anchor program's table has it. */
export type AnchorErrorInfo = { readonly code: number; readonly name: string; readonly msg: string };

/** The framework's own errors in use here. Source: `psyche/programs.json`, `anchorErrors`. */
export const ANCHOR_ERRORS = {
  InstructionMissing: { code: 100, msg: 'Instruction discriminator not provided' },
  InstructionFallbackNotFound: { code: 101, msg: 'Fallback functions are not supported' },
  InstructionDidNotDeserialize: { code: 102, msg: 'The program could not deserialize the given instruction' },
  ConstraintMut: { code: 2000, msg: 'A mut constraint was violated' },
  ConstraintRaw: { code: 2003, msg: 'A raw constraint was violated' },
  ConstraintOwner: { code: 2004, msg: 'An owner constraint was violated' },
  ConstraintSeeds: { code: 2006, msg: 'A seeds constraint was violated' },
  ConstraintAssociated: { code: 2009, msg: 'An associated constraint was violated' },
  ConstraintClose: { code: 2011, msg: 'A close constraint was violated' },
  ConstraintTokenOwner: { code: 2015, msg: 'A token owner constraint was violated' },
  AccountDiscriminatorAlreadySet: {
    code: 3000,
    msg: 'The account discriminator was already set on this account',
  },
  AccountDiscriminatorNotFound: { code: 3001, msg: 'No discriminator was found on the account' },
  AccountDiscriminatorMismatch: { code: 3002, msg: 'Account discriminator did not match what was expected' },
  AccountDidNotDeserialize: { code: 3003, msg: 'Failed to deserialize the account' },
  AccountNotEnoughKeys: { code: 3005, msg: 'Not enough account keys given to the instruction' },
  AccountOwnedByWrongProgram: {
    code: 3007,
    msg: 'The given account is owned by a different program than expected',
  },
  InvalidProgramId: { code: 3008, msg: 'Program ID was not as expected' },
  AccountNotSigner: { code: 3010, msg: 'The given account did not sign' },
  AccountNotSystemOwned: { code: 3011, msg: 'The given account is not owned by the system program' },
  AccountNotInitialized: { code: 3012, msg: 'The program expected this account to be already initialized' },
  AccountReallocExceedsLimit: {
    code: 3016,
    msg: 'The account reallocation exceeds the MAX_PERMITTED_DATA_INCREASE limit',
  },
} as const;

export type AnchorErrorName = keyof typeof ANCHOR_ERRORS;

/** Where an error arose: at an account, in a handler, or before either. */
export type AnchorOrigin =
  | { readonly kind: 'account'; readonly name: string }
  | { readonly kind: 'handler'; readonly instruction: string }
  | { readonly kind: 'nowhere' };

/**
 * Logs an error as an Anchor program does and ends the instruction with its code.
 *
 * @param compared - found and expected key, for the errors that print both
 * @throws InstructionFailure always
 */
export function failWith(
  { log }: ProgramContext,
  { code, name, msg }: AnchorErrorInfo,
  origin: AnchorOrigin,
  compared?: { readonly left: Address; readonly right: Address },
): never {
  log(`AnchorError ${originText(origin)}. Error Code: ${name}. Error Number: ${code}. Error Message: ${msg}.`);
  if (compared !== undefined) {
    for (const line of ['Left:', compared.left, 'Right:', compared.right]) log(line);
  }
  throw new InstructionFailure({ Custom: code });
}

/**
 * {@link failWith} for one of the framework's errors.
 *
 * @throws InstructionFailure always
 */
export function failAt(
  context: ProgramContext,
  account: string,
  name: AnchorErrorName,
  compared?: { readonly left: Address; readonly right: Address },
): never {
  return failWith(context, { name, ...ANCHOR_ERRORS[name] }, { kind: 'account', name: account }, compared);
}

/** Errors of the runtime that decoding a token account or mint can end in, as programs print them. Source: Solana SDK, `ProgramError`. */
const PROGRAM_ERRORS = {
  InvalidAccountData: { number: 4n << 32n, msg: "An account's data contents was invalid" },
  UninitializedAccount: {
    number: 10n << 32n,
    msg: "An attempt to operate on an account that hasn't yet been initialized",
  },
} as const;

/**
 * Ends the instruction with an error of the runtime found at an account, logged as an Anchor program logs it.
 *
 * @throws InstructionFailure always
 */
export function failWithProgramError(
  { log }: ProgramContext,
  account: string,
  name: keyof typeof PROGRAM_ERRORS,
): never {
  const { number, msg } = PROGRAM_ERRORS[name];
  log(
    `ProgramError caused by account: ${account}. Error Code: ${name}. Error Number: ${number}. Error Message: ${msg}.`,
  );
  throw new InstructionFailure(name);
}

/** The real programs print their own source file and line; this one says that it is an emulation. */
function originText(origin: AnchorOrigin): string {
  switch (origin.kind) {
    case 'account':
      return `caused by account: ${origin.name}`;
    case 'handler':
      return `thrown in emulated/${origin.instruction}:1`;
    case 'nowhere':
      return 'occurred';
  }
}
