import type { ProgramIds } from '#core/layouts/programs.ts';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import { createAuthorizerProgram } from './authorizer/authorizer-program.ts';
import { computeBudgetProgram } from './compute-budget.ts';
import { createCoordinatorProgram } from './coordinator/coordinator-program.ts';
import type { ProgramTable } from './program.ts';
import { createTreasurerProgram } from './treasurer/treasurer-program.ts';

/** Every program that is emulated rather than run by the engine, at this network's addresses. */
export function createProgramTable(ids: ProgramIds): ProgramTable {
  return new Map([
    [COMPUTE_BUDGET_PROGRAM, computeBudgetProgram],
    [ids.coordinator, createCoordinatorProgram(ids)],
    [ids.authorizer, createAuthorizerProgram()],
    [ids.treasurer, createTreasurerProgram(ids)],
  ]);
}
