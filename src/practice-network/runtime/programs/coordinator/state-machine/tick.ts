import type { RunState } from './draft.ts';
import type { Moment } from './moment.ts';
import { payRewards } from './rewards.ts';
import { runStateText } from './run-state-text.ts';
import { tickRun } from './tick-run.ts';

/**
 * The `tick` every permissionless instruction ends with: one step of the machine, then rates, joins and rewards.
 *
 * @throws RunRefusal 6015 while halted
 */
export function tick(state: RunState, moment: Moment): void {
  const { coordinator, clients_state: clientsState } = state;
  const { log } = moment;
  const isWaiting = coordinator.run_state === 'WaitingForMembers';
  const pending = isWaiting
    ? clientsState.clients.filter(({ active }) => active === clientsState.next_active).map(({ id }) => id)
    : [];
  if (isWaiting) {
    state.is_warmup_first_tick = true;
    state.is_training_first_tick = true;
    log(`Pending active clients ids: ${pending.length}`);
  }
  log(`Pre-tick run state: ${runStateText(coordinator.run_state)}`);
  const result = tickRun(state, pending, moment);
  if (result.kind === 'epoch-end') {
    log(`Epoch end, sucecsss: ${result.completed}`);
    payRewards(state);
  } else beginEpoch(state, moment);
  log(`Post-tick run state: ${runStateText(coordinator.run_state)}`);
}

/** The first tick in Warmup brings the new rates into force, the first in training asks everybody to join again. */
function beginEpoch(state: RunState, { log }: Moment): void {
  const { coordinator, clients_state: clientsState } = state;
  if (!coordinator.epoch_state.first_round) return;
  if (coordinator.run_state === 'Warmup' && state.is_warmup_first_tick) {
    log('New epoch just starting, save epoch rewards rate');
    clientsState.current_epoch_rates = clientsState.future_epoch_rates;
    state.is_warmup_first_tick = false;
  } else if (coordinator.run_state === 'RoundTrain' && state.is_training_first_tick) {
    log('New epoch just starting, save epoch active clients');
    clientsState.next_active += 1n;
    state.is_training_first_tick = false;
  }
}
