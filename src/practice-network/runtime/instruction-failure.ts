import { isAppError } from '#core/errors/app-error.ts';
import type { InstructionError } from './execution-result.ts';

/** Ends an emulated instruction with an error of the chain. What any other exception means is {@link failureOf}. */
export class InstructionFailure extends Error {
  override readonly name = 'InstructionFailure';

  /** @param detail - words for the `failed:` log line where they are not those of the error */
  constructor(
    readonly error: InstructionError,
    readonly detail?: string,
  ) {
    super(typeof error === 'string' ? error : JSON.stringify(error));
  }
}

/** A Rust panic in a program: the log line a real one leaves, then `ProgramFailedToComplete`. */
export class ProgramPanic extends Error {
  override readonly name = 'ProgramPanic';
}

/** Any exception of an emulated program as the failure of its instruction: never a fault of the server. */
export function failureOf(cause: unknown): InstructionFailure {
  return cause instanceof InstructionFailure ? cause : new InstructionFailure('ProgramFailedToComplete');
}

/** The line a panicking program logs, or nothing when it failed in an orderly way. Foreign exceptions keep their text. */
export function panicLine(cause: unknown): string | undefined {
  if (cause instanceof InstructionFailure) return undefined;
  if (isAppError(cause)) return `panicked at ${cause.code}`;
  return `panicked at ${cause instanceof Error ? cause.message : 'an unknown place'}`;
}

/** The words after `failed: ` in a program's log. Source: Solana SDK, `Display for InstructionError`. */
export function failureText({ error, detail }: InstructionFailure): string {
  if (detail !== undefined) return detail;
  if (typeof error === 'string') return WORDS[error] ?? error;
  if ('Custom' in error) return `custom program error: 0x${error.Custom.toString(16)}`;
  return `Failed to serialize or deserialize account data: ${error.BorshIoError}`;
}

const WORDS: Readonly<Record<string, string>> = {
  GenericError: 'generic instruction error',
  InvalidArgument: 'invalid program argument',
  InvalidInstructionData: 'invalid instruction data',
  InvalidAccountData: 'invalid account data for instruction',
  AccountDataTooSmall: 'account data too small for instruction',
  InsufficientFunds: 'insufficient funds for instruction',
  IncorrectProgramId: 'incorrect program id for instruction',
  MissingRequiredSignature: 'missing required signature for instruction',
  AccountAlreadyInitialized: 'instruction requires an uninitialized account',
  UninitializedAccount: 'instruction requires an initialized account',
  UnbalancedInstruction: 'sum of account balances before and after instruction do not match',
  ModifiedProgramId: 'instruction illegally modified the program id of an account',
  ExternalAccountLamportSpend: 'instruction spent from the balance of an account it does not own',
  ExternalAccountDataModified: 'instruction modified data of an account it does not own',
  ReadonlyLamportChange: 'instruction changed the balance of a read-only account',
  ReadonlyDataModified: 'instruction modified data of a read-only account',
  NotEnoughAccountKeys: 'insufficient account keys for instruction',
  AccountDataSizeChanged: "program other than the account's owner changed the size of the account data",
  AccountNotExecutable: 'instruction expected an executable account',
  UnsupportedProgramId: 'Unsupported program id',
  CallDepth: 'Cross-program invocation call depth too deep',
  MissingAccount: 'An account required by the instruction is missing',
  ReentrancyNotAllowed: 'Cross-program invocation reentrancy not allowed for this instruction',
  MaxSeedLengthExceeded: 'Length of the seed is too long for address generation',
  InvalidSeeds: 'Provided seeds do not result in a valid address',
  InvalidRealloc: 'Failed to reallocate account data',
  ComputationalBudgetExceeded: 'Computational budget exceeded',
  PrivilegeEscalation: 'Cross-program invocation with unauthorized signer or writable account',
  ProgramFailedToComplete: 'Program failed to complete',
  Immutable: 'Account is immutable',
  IncorrectAuthority: 'Incorrect authority provided',
  InvalidAccountOwner: 'Invalid account owner',
  ArithmeticOverflow: 'Program arithmetic overflowed',
  IllegalOwner: 'Provided owner is not allowed',
};
