import { coordinatorFieldsReader } from '#core/layouts/coordinator-account.ts';
import type { RunState } from '#core/layouts/generated/coordinator.ts';
import type { RunView } from './run-view.ts';

/** States in which an epoch is under way, from its warm-up to its end. */
export const IN_EPOCH: ReadonlySet<RunState> = new Set(['Warmup', 'RoundTrain', 'RoundWitness', 'Cooldown']);

/** A state of the run and when it began: what was planned for one does not hold for another. */
export function phaseOf({ state: { coordinator } }: Pick<RunView, 'state'>): string {
  return `${coordinator.run_state} ${coordinator.run_state_start_unix_timestamp}`;
}

/** {@link phaseOf} of an account's bytes, without reading the rest. */
export function phaseIn(data: Uint8Array): string {
  const { state, start } = readPhase(data);
  return `${String(state)} ${String(start)}`;
}

const readPhase = coordinatorFieldsReader({
  state: 'state.coordinator.run_state',
  start: 'state.coordinator.run_state_start_unix_timestamp',
});
