import type { Address } from '#core/solana/address.ts';
import { type AccountSource, createOverlay } from './accounts.ts';
import type { Clock } from './clock.ts';
import { createComputeMeter } from './compute-meter.ts';
import type { ExecutionResult, InnerInstruction, InnerInstructions, TransactionError } from './execution-result.ts';
import { runEmulated } from './host.ts';
import { InstructionFailure } from './instruction-failure.ts';
import { createLogCollector } from './log-collector.ts';
import type { Instruction, NativeExecutor } from './native/native-executor.ts';
import type { ParsedInstruction, ParsedTransaction } from './parsed-transaction.ts';
import type { EmulatedProgram, ProgramTable } from './programs/program.ts';
import { isRentTransitionAllowed } from './rent.ts';
import { runNative } from './run-native.ts';
import type { Session } from './session.ts';

/** What a transaction runs against. */
export type ExecutionEnvironment = {
  /** The bank's accounts with the fee already taken and, for a nonce transaction, nothing else changed. */
  readonly accounts: AccountSource;
  readonly clock: Clock;
  /** The newest blockhash, 32 bytes. */
  readonly blockhash: Uint8Array;
  /** Compute units the transaction may use. */
  readonly computeBudget: { readonly unitLimit: bigint };
  readonly nativeExecutor: NativeExecutor;
  /** From `createProgramTable`. */
  readonly programs: ProgramTable;
};

/**
 * Executes a transaction that the bank has parsed, verified and charged. Neighbouring instructions of native programs go to
 * the engine together; the others to the emulators. Either everything happens or nothing: after a failure `changed` is empty.
 */
export function executeTransaction(tx: ParsedTransaction, env: ExecutionEnvironment): ExecutionResult {
  const unloadable = findUnloadable(tx, env);
  const overlay = createOverlay(env.accounts);
  const logs = createLogCollector();
  const meter = createComputeMeter(env.computeBudget.unitLimit);
  const keyIndexes = new Map(tx.accountKeys.map((address, index) => [address, index]));
  const session: Session = {
    overlay,
    logs,
    meter,
    clock: env.clock,
    blockhash: env.blockhash,
    native: env.nativeExecutor,
    programs: env.programs,
    indexOf: (address) => keyIndexes.get(address) ?? 0,
    inner: [],
    returnData: null,
  };
  const calls: InnerInstructions[] = [];
  const err = unloadable ?? runAll(tx, session, calls) ?? findRentFailure(tx, env.accounts, overlay.get);
  return {
    err,
    logs: logs.lines(),
    unitsConsumed: meter.consumed(),
    innerInstructions: calls,
    returnData: session.returnData,
    changed: err === null ? overlay.changed() : new Map(),
  };
}

/** Programs are loaded before anything runs; a missing one fails the transaction, not an instruction. */
function findUnloadable(
  { instructions, accountKeys }: ParsedTransaction,
  { accounts, programs, nativeExecutor }: ExecutionEnvironment,
): TransactionError | null {
  for (const { programIdIndex } of instructions) {
    const programId = keyAt(accountKeys, programIdIndex);
    if (programs.has(programId) || nativeExecutor.hasProgram(programId)) continue;
    return accounts(programId) === undefined ? 'ProgramAccountNotFound' : 'InvalidProgramForExecution';
  }
  return null;
}

function runAll(tx: ParsedTransaction, session: Session, calls: InnerInstructions[]): TransactionError | null {
  let index = 0;
  while (index < tx.instructions.length) {
    const run = nativeRunFrom(tx, session.programs, index);
    const failure =
      run.length > 0 ? runNatives(tx, session, run, index, calls) : runOneEmulated(tx, session, index, calls);
    if (failure !== null) return failure;
    index += Math.max(run.length, 1);
  }
  return null;
}

/** The longest run of native instructions starting here; empty when an emulated one comes first. */
function nativeRunFrom(tx: ParsedTransaction, programs: ProgramTable, start: number): readonly ParsedInstruction[] {
  const rest = tx.instructions.slice(start);
  const end = rest.findIndex(({ programIdIndex }) => programs.has(keyAt(tx.accountKeys, programIdIndex)));
  return end === -1 ? rest : rest.slice(0, end);
}

function runNatives(
  tx: ParsedTransaction,
  session: Session,
  run: readonly ParsedInstruction[],
  start: number,
  calls: InnerInstructions[],
): TransactionError | null {
  const failure = runNative(
    session,
    run.map((instruction) => resolve(tx, instruction)),
    (innerByInstruction) => {
      innerByInstruction.forEach((instructions, offset) => record(calls, start + offset, instructions));
    },
  );
  if (failure === null) return null;
  if (typeof failure !== 'object' || !('InstructionError' in failure)) return failure;
  const [offset, error] = failure.InstructionError;
  return { InstructionError: [start + offset, error] };
}

function runOneEmulated(
  tx: ParsedTransaction,
  session: Session,
  index: number,
  calls: InnerInstructions[],
): TransactionError | null {
  const parsed = tx.instructions[index];
  const program: EmulatedProgram | undefined =
    parsed && session.programs.get(keyAt(tx.accountKeys, parsed.programIdIndex));
  if (parsed === undefined || program === undefined) throw new RangeError(`no emulated instruction ${index}`);
  session.inner = [];
  try {
    runEmulated(session, program, resolve(tx, parsed), []);
    return null;
  } catch (failure) {
    if (failure instanceof InstructionFailure) return { InstructionError: [index, failure.error] };
    throw failure;
  } finally {
    record(calls, index, session.inner);
  }
}

function record(calls: InnerInstructions[], index: number, instructions: readonly InnerInstruction[]): void {
  if (instructions.length > 0) calls.push({ index, instructions });
}

function resolve(tx: ParsedTransaction, { programIdIndex, accounts, data }: ParsedInstruction): Instruction {
  return {
    programId: keyAt(tx.accountKeys, programIdIndex),
    accounts: accounts.map((index) => ({
      address: keyAt(tx.accountKeys, index),
      isSigner: tx.isSigner[index] === true,
      isWritable: tx.isWritable[index] === true,
    })),
    data,
  };
}

function findRentFailure(
  { accountKeys, isWritable }: ParsedTransaction,
  before: AccountSource,
  after: AccountSource,
): TransactionError | null {
  for (const [index, address] of accountKeys.entries()) {
    const account = isWritable[index] === true ? after(address) : undefined;
    if (account === undefined || account === before(address)) continue;
    if (!isRentTransitionAllowed(before(address), account)) {
      return { InsufficientFundsForRent: { account_index: index } };
    }
  }
  return null;
}

function keyAt(keys: readonly Address[], index: number): Address {
  const address = keys[index];
  if (address === undefined) throw new RangeError(`a checked transaction has no key ${index}`);
  return address;
}
