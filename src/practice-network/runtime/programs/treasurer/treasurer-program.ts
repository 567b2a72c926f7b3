import type { TreasurerInstructions } from '#core/layouts/generated/treasurer.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import { createAnchorProgram } from '../anchor/anchor-program.ts';
import type { EmulatedProgram } from '../program.ts';
import { participantClaimHandler } from './instructions/participant-claim.ts';
import { createParticipant } from './instructions/participant-create.ts';
import { runCreateHandler } from './instructions/run-create.ts';
import { runUpdateHandler } from './instructions/run-update.ts';

/** Nominal: not measured on chain. Small enough that an update with all four calls stays within 200,000. */
const COMPUTE_UNITS = 25_000n;

/** The treasurer: owns a run on behalf of its authority, keeps the rewards and pays them out. Source: PROTOCOL §4.2, §9.2. */
export function createTreasurerProgram({ coordinator }: Pick<ProgramIds, 'coordinator'>): EmulatedProgram {
  return createAnchorProgram<TreasurerInstructions>('treasurer', COMPUTE_UNITS, {
    run_create: runCreateHandler(coordinator),
    run_update: runUpdateHandler(coordinator),
    participant_create: createParticipant,
    participant_claim: participantClaimHandler(coordinator),
  });
}
