import type { InstructionError, TransactionError } from '../execution-result.ts';
import type { LiteSvmBinding } from './litesvm-binding.ts';

/** Names by number, as RPC writes them. Source: litesvm 1.4.1, `const enum TransactionErrorFieldless`. */
const TRANSACTION_ERRORS = [
  'AccountInUse',
  'AccountLoadedTwice',
  'AccountNotFound',
  'ProgramAccountNotFound',
  'InsufficientFundsForFee',
  'InvalidAccountForFee',
  'AlreadyProcessed',
  'BlockhashNotFound',
  'CallChainTooDeep',
  'MissingSignatureForFee',
  'InvalidAccountIndex',
  'SignatureFailure',
  'InvalidProgramForExecution',
  'SanitizeFailure',
  'ClusterMaintenance',
  'AccountBorrowOutstanding',
  'WouldExceedMaxBlockCostLimit',
  'UnsupportedVersion',
  'InvalidWritableAccount',
  'WouldExceedMaxAccountCostLimit',
  'WouldExceedAccountDataBlockLimit',
  'TooManyAccountLocks',
  'AddressLookupTableNotFound',
  'InvalidAddressLookupTableOwner',
  'InvalidAddressLookupTableData',
  'InvalidAddressLookupTableIndex',
  'InvalidRentPayingAccount',
  'WouldExceedMaxVoteCostLimit',
  'WouldExceedAccountDataTotalLimit',
  'MaxLoadedAccountsDataSizeExceeded',
  'ResanitizationNeeded',
  'InvalidLoadedAccountsDataSizeLimit',
  'UnbalancedTransaction',
  'ProgramCacheHitMaxLimit',
  'CommitCancelled',
];

/** Names by number, as RPC writes them. Source: litesvm 1.4.1, `const enum InstructionErrorFieldless`. */
const INSTRUCTION_ERRORS = [
  'GenericError',
  'InvalidArgument',
  'InvalidInstructionData',
  'InvalidAccountData',
  'AccountDataTooSmall',
  'InsufficientFunds',
  'IncorrectProgramId',
  'MissingRequiredSignature',
  'AccountAlreadyInitialized',
  'UninitializedAccount',
  'UnbalancedInstruction',
  'ModifiedProgramId',
  'ExternalAccountLamportSpend',
  'ExternalAccountDataModified',
  'ReadonlyLamportChange',
  'ReadonlyDataModified',
  'DuplicateAccountIndex',
  'ExecutableModified',
  'RentEpochModified',
  'NotEnoughAccountKeys',
  'AccountDataSizeChanged',
  'AccountNotExecutable',
  'AccountBorrowFailed',
  'AccountBorrowOutstanding',
  'DuplicateAccountOutOfSync',
  'InvalidError',
  'ExecutableDataModified',
  'ExecutableLamportChange',
  'ExecutableAccountNotRentExempt',
  'UnsupportedProgramId',
  'CallDepth',
  'MissingAccount',
  'ReentrancyNotAllowed',
  'MaxSeedLengthExceeded',
  'InvalidSeeds',
  'InvalidRealloc',
  'ComputationalBudgetExceeded',
  'PrivilegeEscalation',
  'ProgramEnvironmentSetupFailure',
  'ProgramFailedToComplete',
  'ProgramFailedToCompile',
  'Immutable',
  'IncorrectAuthority',
  'AccountNotRentExempt',
  'InvalidAccountOwner',
  'ArithmeticOverflow',
  'UnsupportedSysvar',
  'IllegalOwner',
  'MaxAccountsDataAllocationsExceeded',
  'MaxAccountsExceeded',
  'MaxInstructionTraceLengthExceeded',
  'BuiltinProgramsMustConsumeComputeUnits',
];

/** What the engine said about a failed sub-transaction, in RPC's form; rent comes with the account's index in the sub-message. */
export type EngineError = { kind: 'transaction'; err: TransactionError } | { kind: 'rent'; accountIndex: number };

/** The engine's error object or number → RPC's form. Indexes are those of the sub-transaction. */
export function engineError(binding: LiteSvmBinding, err: unknown): EngineError {
  if (err instanceof binding.TransactionErrorInsufficientFundsForRent) {
    return { kind: 'rent', accountIndex: err.accountIndex };
  }
  return { kind: 'transaction', err: transactionError(binding, err) };
}

function transactionError(binding: LiteSvmBinding, err: unknown): TransactionError {
  if (typeof err === 'number') return nameOf(TRANSACTION_ERRORS, err);
  if (err instanceof binding.TransactionErrorInstructionError) {
    return { InstructionError: [err.index, instructionError(binding, err.err())] };
  }
  if (err instanceof binding.TransactionErrorDuplicateInstruction) return { DuplicateInstruction: err.index };
  if (err instanceof binding.TransactionErrorProgramExecutionTemporarilyRestricted) {
    return { ProgramExecutionTemporarilyRestricted: { account_index: err.accountIndex } };
  }
  throw new TypeError('the engine answered with an error of an unknown kind');
}

function instructionError(binding: LiteSvmBinding, err: unknown): InstructionError {
  if (typeof err === 'number' && err < INSTRUCTION_ERRORS.length) return nameOf(INSTRUCTION_ERRORS, err);
  if (err instanceof binding.InstructionErrorCustom) return { Custom: err.code };
  // Older Rust clients require a text here, newer ones accept it.
  return { BorshIoError: 'Unknown' };
}

function nameOf(names: readonly string[], index: number): string {
  const name = names[index];
  if (name === undefined) throw new RangeError(`the engine answered with error number ${index}`);
  return name;
}
