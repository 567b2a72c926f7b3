import type { ClientsEpochRates, CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import type { RunState } from './draft.ts';
import type { Moment } from './moment.ts';
import { isHalted } from './rounds.ts';
import { RunRefusal } from './run-refusal.ts';
import { isColdStartSane, isConfigSane, isModelSane } from './sanity-checks.ts';

/**
 * Replaces the parts that are given, each as a whole. Source: PROTOCOL §4.1, update.
 *
 * @throws RunRefusal 6000, 6001, 6004, 6005
 */
export function update(state: RunState, parts: CoordinatorInstructions['update'], moment: Moment): void {
  const { coordinator } = state;
  const { metadata, config, model, progress } = parts;
  if (coordinator.run_state === 'Finished') throw new RunRefusal('UpdateConfigFinished');
  const needsHalt = config !== null || model !== null || progress !== null;
  if (needsHalt && !isHalted(state)) throw new RunRefusal('UpdateConfigNotHalted');
  if (metadata !== null) state.metadata = metadata;
  if (config !== null) {
    if (!isConfigSane(config)) throw new RunRefusal('ConfigSanityCheckFailed');
    coordinator.config = config;
  }
  if (model !== null) {
    if (!isModelSane(model, moment)) throw new RunRefusal('ModelSanityCheckFailed');
    coordinator.model = model;
  }
  const hasNewPair = config !== null || model !== null;
  if (hasNewPair && !isColdStartSane(coordinator.config, coordinator.model, moment)) {
    throw new RunRefusal('ConfigSanityCheckFailed');
  }
  if (progress !== null) {
    // The program answers with the model's code here.
    if (progress.step === 0) throw new RunRefusal('ModelSanityCheckFailed');
    coordinator.progress = progress;
  }
}

/** Sets the rates that come into force when the next epoch begins; `null` keeps one. Native units. */
export function setFutureEpochRates(
  { clients_state: clientsState }: RunState,
  rates: CoordinatorInstructions['set_future_epoch_rates'],
): void {
  const known = clientsState.future_epoch_rates;
  const next: ClientsEpochRates = {
    earning_rate_total_shared: rates.epoch_earning_rate_total_shared ?? known.earning_rate_total_shared,
    slashing_rate_per_client: rates.epoch_slashing_rate_per_client ?? known.slashing_rate_per_client,
  };
  clientsState.future_epoch_rates = next;
}
