import { base58 } from '@scure/base';
import type { ProgramIds } from '#core/solana/program-ids.ts';
import { executeTransaction } from '../runtime/execute-transaction.ts';
import { createLiteSvmExecutor } from '../runtime/native/litesvm-executor.ts';
import { createProgramTable } from '../runtime/programs/program-table.ts';
import type { Execute } from './bank.ts';

/**
 * The runtime with its engine, ready to run transactions.
 *
 * @throws AppError `practice/engine-missing`
 */
export function createExecute(programIds: ProgramIds): Execute {
  const nativeExecutor = createLiteSvmExecutor();
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
