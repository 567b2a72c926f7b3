import type { ProgramIds } from '#core/layouts/programs.ts';
import { base58 } from '@scure/base';
import { executeTransaction } from '../runtime/execute-transaction.ts';
import { createNativeExecutor } from '../runtime/native/create-native-executor.ts';
import type { NativeExecutor } from '../runtime/native/native-executor.ts';
import { createProgramTable } from '../runtime/programs/program-table.ts';
import type { Execute } from './bank.ts';

/**
 * The runtime, ready to run transactions.
 *
 * @param nativeExecutor - runs the native programs; whatever this machine can load unless given
 */
export function createExecute(
  programIds: ProgramIds,
  nativeExecutor: NativeExecutor = createNativeExecutor(),
): Execute {
  const programs = createProgramTable(programIds);
  return (transaction, { accounts, clock, blockhash, unitLimit }) =>
    executeTransaction(transaction, {
      accounts,
      clock,
      blockhash: base58.decode(blockhash),
      computeBudget: { unitLimit },
      nativeExecutor,
      programs,
    });
}
