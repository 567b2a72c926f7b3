import type { Address } from '#core/solana/address.ts';
import type { Overlay } from './accounts.ts';
import type { Clock } from './clock.ts';
import type { ComputeMeter } from './compute-meter.ts';
import type { InnerInstruction, ReturnData } from './execution-result.ts';
import type { LogCollector } from './log-collector.ts';
import type { NativeExecutor } from './native/native-executor.ts';
import type { ProgramTable } from './programs/program.ts';

/** One transaction in execution: what its instructions share. */
export type Session = {
  readonly overlay: Overlay;
  readonly logs: LogCollector;
  readonly meter: ComputeMeter;
  readonly clock: Clock;
  readonly blockhash: Uint8Array;
  readonly native: NativeExecutor;
  readonly programs: ProgramTable;
  /** Index of an address among the transaction's keys. */
  readonly indexOf: (address: Address) => number;
  /** Calls made below the top-level instruction in execution. */
  inner: InnerInstruction[];
  returnData: ReturnData | null;
};
