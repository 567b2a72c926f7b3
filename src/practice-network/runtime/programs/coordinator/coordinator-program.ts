import type { CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import { createAnchorProgram } from '../anchor/anchor-program.ts';
import type { EmulatedProgram } from '../program.ts';
import { joinHandler, openHandler, ownerHandler, updateClientVersion } from './instructions/change-run.ts';
import { freeCoordinator } from './instructions/free-coordinator.ts';
import { initCoordinator } from './instructions/init-coordinator.ts';

/** Nominal: not measured on chain. */
const COMPUTE_UNITS = 40_000n;

/** The coordinator: a run's state and everything that moves it. Source: PROTOCOL §4.1, §8, §9.1. */
export function createCoordinatorProgram({ authorizer }: Pick<ProgramIds, 'authorizer'>): EmulatedProgram {
  return createAnchorProgram<CoordinatorInstructions>('coordinator', COMPUTE_UNITS, {
    init_coordinator: initCoordinator,
    free_coordinator: freeCoordinator,
    update: ownerHandler('update'),
    update_client_version: updateClientVersion,
    set_future_epoch_rates: ownerHandler('set_future_epoch_rates'),
    set_paused: ownerHandler('set_paused'),
    join_run: joinHandler(authorizer),
    tick: openHandler('tick'),
    witness: openHandler('witness'),
    warmup_witness: openHandler('warmup_witness'),
    health_check: openHandler('health_check'),
    checkpoint: openHandler('checkpoint'),
  });
}
