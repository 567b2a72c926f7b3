import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { executeTransaction } from '#practice/runtime/execute-transaction.ts';
import type { ExecutionResult } from '#practice/runtime/execution-result.ts';
import type { Instruction, NativeExecutor } from '#practice/runtime/native/native-executor.ts';
import type { ParsedTransaction } from '#practice/runtime/parsed-transaction.ts';
import { createProgramTable } from '#practice/runtime/programs/program-table.ts';
import type { EmulatedProgram, ProgramTable } from '#practice/runtime/programs/program.ts';
import { createTestExecutor } from './engine.ts';

/** A bank without blocks, fees and signatures: accounts, a clock, and transactions executed one after the other. */
export type Stage = ReturnType<typeof createStage>;

/**
 * @param extraPrograms - emulated programs beside the network's own
 * @param nativeExecutor - the engine all practice tests run on unless given
 */
export function createStage(
  extraPrograms: readonly (readonly [Address, EmulatedProgram])[] = [],
  nativeExecutor: NativeExecutor = sharedExecutor,
) {
  const accounts = new Map<Address, StoredAccount>();
  const programs: ProgramTable = new Map([...createProgramTable(DEFAULT_PROGRAM_IDS), ...extraPrograms]);
  const clock = { slot: 400_000_000n, unixTimestamp: 1_772_000_000n };
  const send = (instructions: readonly Instruction[], unitLimit = 1_400_000n): ExecutionResult => {
    const result = executeTransaction(parsedFrom(instructions), {
      accounts: (address) => accounts.get(address),
      clock: { ...clock },
      blockhash: new Uint8Array(32).fill(7),
      computeBudget: { unitLimit },
      nativeExecutor,
      programs,
    });
    for (const [address, account] of result.changed) {
      if (account.lamports === 0n) accounts.delete(address);
      else accounts.set(address, account);
    }
    return result;
  };
  return {
    accounts,
    clock,
    send,
    /** {@link send}, refusing to go on after a failure. */
    land: (instructions: readonly Instruction[]): ExecutionResult => {
      const result = send(instructions);
      if (result.err !== null) throw new Error(`${JSON.stringify(result.err)}\n${result.logs.join('\n')}`);
      return result;
    },
    /** An address holding lamports, named by a number. */
    fund: (seed: number, lamports = 10_000_000_000n): Address => {
      const address = testAddress(seed);
      accounts.set(address, { lamports, data: new Uint8Array(0), owner: SYSTEM_PROGRAM, executable: false });
      return address;
    },
  };
}

/** One engine for all tests: it keeps nothing that matters between transactions. */
const sharedExecutor = createTestExecutor();

/** An address with no meaning, the same for the same number. */
export function testAddress(seed: number): Address {
  const bytes = new Uint8Array(32).fill(3);
  new DataView(bytes.buffer).setUint32(0, seed, true);
  return addressFromBytes(bytes);
}

/** Instructions → the form the bank hands to execution. */
export function parsedFrom(instructions: readonly Instruction[]): ParsedTransaction {
  const flags = new Map<Address, { isSigner: boolean; isWritable: boolean }>();
  for (const { programId, accounts } of instructions) {
    for (const { address, isSigner, isWritable } of accounts) {
      const known = flags.get(address) ?? { isSigner: false, isWritable: false };
      flags.set(address, { isSigner: known.isSigner || isSigner, isWritable: known.isWritable || isWritable });
    }
    if (!flags.has(programId)) flags.set(programId, { isSigner: false, isWritable: false });
  }
  const accountKeys = [...flags.keys()];
  const indexOf = (address: Address) => accountKeys.indexOf(address);
  return {
    accountKeys,
    isSigner: [...flags.values()].map(({ isSigner }) => isSigner),
    isWritable: [...flags.values()].map(({ isWritable }) => isWritable),
    instructions: instructions.map(({ programId, accounts, data }) => ({
      programIdIndex: indexOf(programId),
      accounts: accounts.map(({ address }) => indexOf(address)),
      data,
    })),
  };
}
