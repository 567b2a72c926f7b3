import type { RunState } from './draft.ts';
import type { Moment } from './moment.ts';
import { changeState, isHalted, startWaiting, withdrawAll } from './rounds.ts';
import { RunRefusal } from './run-refusal.ts';
import { runStateText } from './run-state-text.ts';
import { isColdStartSane, isConfigSane, isModelSane } from './sanity-checks.ts';
import { tick } from './tick.ts';

/** Pauses or resumes a run. Source: PROTOCOL §4.1, set_paused. */
export function setPaused(state: RunState, paused: boolean, moment: Moment): void {
  moment.log(`set_paused called: paused=${paused}, state=${runStateText(state.coordinator.run_state)}`);
  if (paused) pause(state, moment);
  else resume(state, moment);
}

/** @throws RunRefusal 6015 */
function pause(state: RunState, moment: Moment): void {
  const { coordinator } = state;
  if (isHalted(state)) throw new RunRefusal('CoordinatorErrorHalted');
  if (coordinator.run_state !== 'WaitingForMembers' && coordinator.run_state !== 'Warmup') {
    coordinator.pending_pause = true;
    return;
  }
  withdrawAll(state);
  changeState(state, 'Paused', moment);
  coordinator.epoch_state.cold_start_epoch = true;
}

/** @throws RunRefusal 6004, 6005, 6006, 6018; 6015 when no steps are left */
function resume(state: RunState, moment: Moment): void {
  const { coordinator } = state;
  if (!isConfigSane(coordinator.config)) throw new RunRefusal('ConfigSanityCheckFailed');
  if (!isModelSane(coordinator.model, moment)) throw new RunRefusal('ModelSanityCheckFailed');
  if (!isColdStartSane(coordinator.config, coordinator.model, moment)) throw new RunRefusal('ConfigSanityCheckFailed');
  if (coordinator.run_state === 'Uninitialized') {
    coordinator.run_state = 'Paused';
    coordinator.progress.step = 1;
  }
  if (coordinator.progress.step === 0) throw new RunRefusal('ProgressSanityCheckFailed');
  if (coordinator.run_state !== 'Paused') throw new RunRefusal('CoordinatorErrorCannotResume');
  startWaiting(state, moment);
  state.clients_state.next_active += 1n;
  tick(state, moment);
}
