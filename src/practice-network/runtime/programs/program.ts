import type { Address } from '#core/solana/address.ts';
import type { Clock } from '../clock.ts';
import type { Instruction } from '../native/native-executor.ts';

/**
 * An account while an emulated instruction works on it. Programs replace `data`, they never write into it. What may not
 * change is found out afterwards, as the real runtime does.
 */
export type WorkingAccount = {
  readonly address: Address;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
  readonly executable: boolean;
  lamports: bigint;
  data: Uint8Array;
  owner: Address;
};

/** Everything an emulated program may touch. */
export type ProgramContext = {
  readonly programId: Address;
  /** In the order of the instruction; one object per address, however often it is named. */
  readonly accounts: readonly WorkingAccount[];
  readonly data: Uint8Array;
  readonly clock: Clock;
  /** Writes `Program log: <text>`. */
  readonly log: (text: string) => void;
  /**
   * Calls another program, which sees all changes made so far and whose changes are in `accounts` afterwards.
   *
   * @param signers - seeds, bump included, of own program addresses that sign
   * @throws InstructionFailure whatever the called program failed with; a program cannot survive it
   */
  readonly invoke: (instruction: Instruction, signers?: readonly (readonly Uint8Array[])[]) => void;
};

/** A program written in TypeScript. */
export type EmulatedProgram = {
  /** Nominal compute units of one instruction: what the real program needs was never measured. */
  readonly computeUnits: bigint;
  /** Part of the runtime rather than deployed: logs no consumption. */
  readonly isBuiltin?: true;
  readonly run: (context: ProgramContext) => void;
};

/** Emulated programs by address. */
export type ProgramTable = ReadonlyMap<Address, EmulatedProgram>;
