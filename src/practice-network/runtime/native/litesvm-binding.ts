import { createRequire } from 'node:module';
import { AppError } from '#core/errors/app-error.ts';

/** An account on the engine's side. Source: litesvm 1.4.1, `internal.d.ts`, as everything in this file. */
export type LiteSvmAccount = {
  lamports(): bigint;
  data(): Uint8Array;
  owner(): Uint8Array;
  executable(): boolean;
};

type CompiledInstruction = { programIdIndex(): number; accounts(): Uint8Array; data(): Uint8Array };

/** What the engine reports about a sub-transaction. */
export type LiteSvmMetadata = {
  logs(): string[];
  innerInstructions(): { instruction(): CompiledInstruction; stackHeight(): number }[][];
  computeUnitsConsumed(): bigint;
  returnData(): { programId(): Uint8Array; data(): Uint8Array };
};

/** A sub-transaction that failed. `err()` is a number for errors without payload. */
export type LiteSvmFailure = { err(): unknown; meta(): LiteSvmMetadata };

type ComputeBudget = { computeUnitLimit: bigint };

/** The part of the native `LiteSvm` class in use. Malformed input aborts the process: only bytes built here reach it. */
export type LiteSvm = {
  setSigverify(isOn: boolean): void;
  setBlockhashCheck(isOn: boolean): void;
  setTransactionHistory(capacity: bigint): void;
  setLogBytesLimit(limit: bigint | null): void;
  setComputeBudget(budget: ComputeBudget): void;
  setClock(clock: object): void;
  setRent(rent: object): void;
  getAccount(key: Uint8Array): LiteSvmAccount | null;
  setAccount(key: Uint8Array, account: LiteSvmAccount): void;
  sendLegacyTransaction(bytes: Uint8Array): LiteSvmMetadata | LiteSvmFailure;
};

type Constructor<T, Args extends readonly unknown[]> = new (...args: Args) => T;

/** The platform package's exports in use. */
export type LiteSvmBinding = {
  LiteSvm: Constructor<LiteSvm, []>;
  Account: Constructor<LiteSvmAccount, [bigint, Uint8Array, Uint8Array, boolean, bigint]>;
  Clock: Constructor<object, [bigint, bigint, bigint, bigint, bigint]>;
  ComputeBudget: Constructor<ComputeBudget, []>;
  Rent: { free(): object };
  FailedTransactionMetadata: Constructor<LiteSvmFailure, []>;
  TransactionErrorInstructionError: Constructor<{ index: number; err(): unknown }, []>;
  TransactionErrorInsufficientFundsForRent: Constructor<{ accountIndex: number }, []>;
  TransactionErrorProgramExecutionTemporarilyRestricted: Constructor<{ accountIndex: number }, []>;
  TransactionErrorDuplicateInstruction: Constructor<{ index: number }, []>;
  InstructionErrorCustom: Constructor<{ code: number }, []>;
};

/**
 * Loads the engine built for this machine. npm installs the one package that fits; on Linux that is one of two, by C library.
 *
 * @throws AppError `practice/engine-missing` where no build exists (Windows) or none is installed
 */
export function loadLiteSvm(): LiteSvmBinding {
  const require = createRequire(import.meta.url);
  const { platform, arch } = process;
  const names = platform === 'linux' ? [`linux-${arch}-gnu`, `linux-${arch}-musl`] : [`${platform}-${arch}`];
  let cause: unknown;
  for (const name of names) {
    try {
      return require(`litesvm-${name}`) as LiteSvmBinding;
    } catch (error) {
      cause ??= error;
    }
  }
  throw new AppError('practice/engine-missing', { platform, arch }, { cause });
}
