import type { EpochClient, Round, RunState as RunStateName, Witness } from '#core/layouts/generated/coordinator.ts';
import { STORED_ROUNDS } from '#core/layouts/programs.ts';
import { ProgramPanic } from '../../../instruction-failure.ts';
import { batchSizeOfRound } from './batch-size.ts';
import type { RunState } from './draft.ts';
import { type Moment, randomSeedAt } from './moment.ts';

/** Neither training nor on the way to it: no tick is possible. */
export function isHalted({ coordinator }: RunState): boolean {
  return isHaltedState(coordinator.run_state);
}

/** {@link isHalted} where only the state's name is at hand. */
export function isHaltedState(name: RunStateName): boolean {
  return HALTED.has(name);
}

const HALTED: ReadonlySet<RunStateName> = new Set(['Uninitialized', 'Finished', 'Paused']);

/** Enters a state; its timeouts count from this moment. */
export function changeState({ coordinator }: RunState, name: RunStateName, { unixTimestamp }: Moment): void {
  coordinator.run_state = name;
  coordinator.run_state_start_unix_timestamp = unixTimestamp;
}

/** Whether `seconds` have passed since `start`. At least one second must have, even for zero. */
export function hasPassed(start: bigint, seconds: bigint, { unixTimestamp: now }: Moment): boolean {
  return now !== start && now >= start + seconds;
}

/** Whether the present state has lasted `seconds`. */
export function hasTimedOut({ coordinator }: RunState, seconds: bigint, moment: Moment): boolean {
  return hasPassed(coordinator.run_state_start_unix_timestamp, seconds, moment);
}

/** The round at the head of the ring. */
export function currentRound({ coordinator }: RunState): Round {
  const { rounds, rounds_head: head } = coordinator.epoch_state;
  const round = rounds[head];
  if (round === undefined) throw new ProgramPanic('index out of bounds: rounds');
  return round;
}

/** The round before it, if there was one. */
export function previousRound(state: RunState): Round | undefined {
  const { rounds, rounds_head: head } = state.coordinator.epoch_state;
  if (head === 0 && currentRound(state).height === 0) return undefined;
  return rounds[(head + STORED_ROUNDS - 1) % STORED_ROUNDS];
}

export function setWitnesses(state: RunState, witnesses: Witness[]): void {
  const epoch = state.coordinator.epoch_state;
  epoch.rounds[epoch.rounds_head] = { ...currentRound(state), witnesses };
}

/** Begins training: the very first round of an epoch at head 0, later ones at the next place of the ring. */
export function startRound(state: RunState, moment: Moment): void {
  const { coordinator } = state;
  const epoch = coordinator.epoch_state;
  const previous = currentRound(state);
  const isFirst = epoch.first_round;
  epoch.rounds_head = isFirst ? 0 : (epoch.rounds_head + 1) % STORED_ROUNDS;
  epoch.rounds[epoch.rounds_head] = {
    witnesses: [],
    data_index: isFirst
      ? coordinator.progress.epoch_start_data_index
      : previous.data_index + batchSizeOfRound(state, previous),
    random_seed: randomSeedAt(moment),
    height: isFirst ? 0 : previous.height + 1,
    clients_len: epoch.clients.length,
    tie_breaker_tasks: 0,
  };
  changeState(state, 'RoundTrain', moment);
}

/** Ends training for this epoch. The round's witnesses make room for those of the next warm-up. */
export function startCooldown(state: RunState, moment: Moment): void {
  setWitnesses(state, []);
  changeState(state, 'Cooldown', moment);
}

/** Waits for the next epoch, or is done when no steps are left. */
export function startWaiting(state: RunState, moment: Moment): void {
  const { progress, config } = state.coordinator;
  changeState(state, progress.step < config.total_steps ? 'WaitingForMembers' : 'Finished', moment);
}

/** Moves every epoch client that is not healthy to the exited ones, in order. */
export function exitUnhealthy({ coordinator }: RunState, height: number): void {
  const epoch = coordinator.epoch_state;
  const leaving = epoch.clients.filter(({ state }) => state !== 'Healthy');
  if (leaving.length === 0) return;
  epoch.clients = epoch.clients.filter(({ state }) => state === 'Healthy');
  epoch.exited_clients = [...epoch.exited_clients, ...leaving.map((client) => ({ ...client, exited_height: height }))];
}

/** Makes every healthy epoch client one that withdrew. */
export function withdrawAll({ coordinator }: RunState): void {
  const epoch = coordinator.epoch_state;
  epoch.clients = epoch.clients.map((client): EpochClient =>
    client.state === 'Healthy' ? { ...client, state: 'Withdrawn' } : client,
  );
}
