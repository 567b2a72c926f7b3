import type { Checkpoint, EpochClient, NodeIdentity } from '#core/layouts/generated/coordinator.ts';
import { MAX_CLIENTS } from '#core/layouts/programs.ts';
import { batchSizeOfRound } from './batch-size.ts';
import { emptyEpoch, type RunState } from './draft.ts';
import { isSameSigner } from './identity.ts';
import type { Moment } from './moment.ts';
import {
  changeState,
  currentRound,
  exitUnhealthy,
  hasPassed,
  hasTimedOut,
  startCooldown,
  startRound,
  startWaiting,
  withdrawAll,
} from './rounds.ts';
import { RunRefusal } from './run-refusal.ts';
import { witnessQuorum } from './witness-quorum.ts';

/** What one step of the state machine did: an epoch may have ended, `completed` or for want of clients. */
export type TickResult = { readonly kind: 'ticked' } | { readonly kind: 'epoch-end'; readonly completed: boolean };

const TICKED: TickResult = { kind: 'ticked' };

/**
 * One step of the run's state machine. Source: PROTOCOL §8.
 *
 * @param pending - who has joined for the next epoch, in list order; read in WaitingForMembers only
 * @throws RunRefusal 6015 while halted
 */
export function tickRun(state: RunState, pending: readonly NodeIdentity[], moment: Moment): TickResult {
  const { coordinator } = state;
  switch (coordinator.run_state) {
    case 'Uninitialized':
    case 'Finished':
    case 'Paused':
      throw new RunRefusal('CoordinatorErrorHalted');
    case 'WaitingForMembers':
      return tickWaiting(state, pending, moment);
    case 'Warmup':
      return tickWarmup(state, moment);
    case 'RoundTrain':
      if (hasTimedOut(state, coordinator.config.max_round_train_time, moment)) {
        changeState(state, 'RoundWitness', moment);
      }
      return TICKED;
    case 'RoundWitness':
      if (hasTimedOut(state, coordinator.config.round_witness_time, moment)) endRound(state, moment);
      return TICKED;
    case 'Cooldown':
      return tickCooldown(state, moment);
  }
}

function tickWaiting(state: RunState, pending: readonly NodeIdentity[], moment: Moment): TickResult {
  const { coordinator } = state;
  const { config, progress } = coordinator;
  const hasWaited = hasTimedOut(state, BigInt(config.waiting_for_members_extra_time), moment);
  if (pending.length < config.init_min_clients || !hasWaited) return TICKED;
  exitUnhealthy(state, currentRound(state).height);
  const { clients, cold_start_epoch: isColdStart } = coordinator.epoch_state;
  const isAnyoneLeft = clients.some(({ id }) => pending.some((other) => isSameSigner(id, other)));
  // Without anyone who still has the weights there is no peer to fetch them from.
  if (!isAnyoneLeft) replaceCheckpoint(state, withoutPeers);
  coordinator.epoch_state = {
    ...emptyEpoch(),
    first_round: true,
    cold_start_epoch: isColdStart,
    start_step: progress.step,
    start_timestamp: moment.unixTimestamp,
    clients: pending.slice(0, MAX_CLIENTS).map((id): EpochClient => ({ id, state: 'Healthy', exited_height: 0 })),
  };
  changeState(state, 'Warmup', moment);
  return TICKED;
}

function tickWarmup(state: RunState, moment: Moment): TickResult {
  const { config } = state.coordinator;
  if (hasTimedOut(state, config.warmup_time, moment)) startRound(state, moment);
  else exitUnhealthy(state, 0);
  if (state.coordinator.epoch_state.clients.length >= config.min_clients) return TICKED;
  startWaiting(state, moment);
  return { kind: 'epoch-end', completed: false };
}

function endRound(state: RunState, moment: Moment): void {
  const { coordinator } = state;
  const { config, progress, epoch_state: epoch } = coordinator;
  const { height, witnesses } = currentRound(state);
  epoch.first_round = false;
  progress.step += 1;
  exitUnhealthy(state, height);
  if (witnesses.length === 0) {
    // Nobody can tell who is still there, so nobody counts as there.
    withdrawAll(state);
    startCooldown(state, moment);
    return;
  }
  const isEpochOver = hasPassed(epoch.start_timestamp, config.epoch_time, moment);
  if (isEpochOver && epoch.last_step === 0 && progress.step + 2 >= 4) epoch.last_step = progress.step + 2;
  const isLastStep = epoch.last_step !== 0 && progress.step === epoch.last_step;
  const mustStop =
    isLastStep ||
    epoch.clients.length < config.min_clients ||
    witnesses.length < witnessQuorum(config, witnesses.length) ||
    progress.step >= config.total_steps ||
    coordinator.pending_pause;
  if (mustStop) startCooldown(state, moment);
  else startRound(state, moment);
}

function tickCooldown(state: RunState, moment: Moment): TickResult {
  const { coordinator } = state;
  const { config, progress, epoch_state: epoch } = coordinator;
  if (!hasTimedOut(state, config.cooldown_time, moment)) return TICKED;
  const round = currentRound(state);
  progress.epoch_start_data_index = round.data_index + batchSizeOfRound(state, round);
  progress.epoch += 1;
  exitUnhealthy(state, round.height);
  replaceCheckpoint(state, withPeers);
  if (coordinator.pending_pause) {
    withdrawAll(state);
    changeState(state, 'Paused', moment);
    coordinator.pending_pause = false;
    epoch.cold_start_epoch = true;
  } else {
    startWaiting(state, moment);
    epoch.cold_start_epoch = false;
  }
  return { kind: 'epoch-end', completed: true };
}

/** Puts another checkpoint into the model. */
export function replaceCheckpoint({ coordinator }: RunState, change: (checkpoint: Checkpoint) => Checkpoint): void {
  const { LLM: llm } = coordinator.model;
  coordinator.model = { LLM: { ...llm, checkpoint: change(llm.checkpoint) } };
}

function withoutPeers(checkpoint: Checkpoint): Checkpoint {
  if (checkpoint === 'Ephemeral') return checkpoint;
  if ('P2P' in checkpoint) return { Hub: checkpoint.P2P };
  return 'P2PGcs' in checkpoint ? { Gcs: checkpoint.P2PGcs } : checkpoint;
}

function withPeers(checkpoint: Checkpoint): Checkpoint {
  if (checkpoint === 'Ephemeral') return checkpoint;
  if ('Hub' in checkpoint) return { P2P: checkpoint.Hub };
  if ('Dummy' in checkpoint) return { P2P: checkpoint.Dummy };
  return 'Gcs' in checkpoint ? { P2PGcs: checkpoint.Gcs } : checkpoint;
}
