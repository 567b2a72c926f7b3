import type { CoordinatorInstanceState, RunState } from '#core/layouts/generated/coordinator.ts';

/** Why a run leaves its state. */
export type TransitionReason = keyof typeof TRANSITION_REASONS;

/** What the next tick makes of a run. Times are cluster time, unix seconds. */
export type NextTransition =
  /** Nobody trains: a tick is refused (6015). */
  | { readonly kind: 'none'; readonly state: HaltedState }
  /** A tick now makes it. */
  | { readonly kind: 'now'; readonly to: RunState; readonly reason: TransitionReason }
  /** Nothing but time is missing. */
  | { readonly kind: 'at'; readonly to: RunState; readonly at: bigint; readonly reason: TransitionReason }
  /** Clients are missing; `at` is the earliest moment all the same. */
  | {
      readonly kind: 'needs-clients';
      readonly to: 'Warmup';
      readonly at: bigint;
      readonly joined: number;
      readonly needed: number;
    };

type HaltedState = Extract<RunState, 'Uninitialized' | 'Paused' | 'Finished'>;

/** A reason in words, as the end of a sentence. */
export const TRANSITION_REASONS = {
  'members-joined': 'enough clients joined and the extra time is over',
  'too-few-clients': 'fewer clients than min_clients are left',
  'warmup-over': 'the warmup time is over',
  'training-over': 'the training time of the round is over',
  'next-round': 'the witness time is over and the epoch goes on',
  'no-witness': 'nobody reported the round',
  'epoch-over': 'the epoch reached its last step',
  'too-few-witnesses': 'too few clients reported the round',
  'steps-done': 'the last step is trained',
  'pause-pending': 'a pause is pending',
  'cooldown-over': 'the cooldown is over',
} as const;

/**
 * Which transition the next tick makes and when it becomes possible. Witnesses may end a round, and joins a wait, sooner than
 * the time does. Source: PROTOCOL.md §8.
 *
 * @param clusterTime - unix seconds of the cluster
 */
export function nextTransition(
  { coordinator, clients_state: clients }: CoordinatorInstanceState,
  clusterTime: bigint,
): NextTransition {
  const { run_state: state, config } = coordinator;
  const timed = timing(coordinator.run_state_start_unix_timestamp, clusterTime);
  switch (state) {
    case 'Uninitialized':
    case 'Paused':
    case 'Finished':
      return { kind: 'none', state };
    case 'WaitingForMembers': {
      const at = timed.dueAt(BigInt(config.waiting_for_members_extra_time));
      const joined = clients.clients.filter(({ active }) => active === clients.next_active).length;
      const needed = config.init_min_clients;
      return joined < needed
        ? { kind: 'needs-clients', to: 'Warmup', at, joined, needed }
        : timed.move(at, 'Warmup', 'members-joined');
    }
    case 'Warmup':
      return leavingWarmup(coordinator, timed);
    case 'RoundTrain':
      return timed.move(timed.dueAt(config.max_round_train_time), 'RoundWitness', 'training-over');
    case 'RoundWitness': {
      const at = timed.dueAt(config.round_witness_time);
      const end = endOfRound(coordinator, timed.latest(at));
      return timed.move(at, end === 'next-round' ? 'RoundTrain' : 'Cooldown', end);
    }
    case 'Cooldown': {
      const to = coordinator.pending_pause ? 'Paused' : waitingOrFinished(coordinator);
      const reason = coordinator.pending_pause ? 'pause-pending' : to === 'Finished' ? 'steps-done' : 'cooldown-over';
      return timed.move(timed.dueAt(config.cooldown_time), to, reason);
    }
  }
}

/** When something that began at `start` is due. At least one second must pass, also for a time of zero. */
function timing(start: bigint, now: bigint) {
  return {
    dueAt: (seconds: bigint) => start + (seconds > 1n ? seconds : 1n),
    latest: (at: bigint) => (now > at ? now : at),
    move: (at: bigint, to: RunState, reason: TransitionReason): NextTransition =>
      now >= at ? { kind: 'now', to, reason } : { kind: 'at', to, at, reason },
  };
}

type Timing = ReturnType<typeof timing>;
type Coordinator = CoordinatorInstanceState['coordinator'];

/** Clients count as they stand once the time is over, and without those who failed before. */
function leavingWarmup(coordinator: Coordinator, timed: Timing): NextTransition {
  const { config, epoch_state: epoch } = coordinator;
  const at = timed.dueAt(config.warmup_time);
  const isOver = timed.move(at, 'RoundTrain', 'warmup-over');
  const healthy = epoch.clients.filter(({ state }) => state === 'Healthy').length;
  const counted = isOver.kind === 'now' ? epoch.clients.length : healthy;
  return counted < config.min_clients
    ? { kind: 'now', to: waitingOrFinished(coordinator), reason: 'too-few-clients' }
    : isOver;
}

/** What ends an epoch with this round, in the program's order. */
function endOfRound(
  { config, progress, epoch_state: epoch, pending_pause: isPausing }: Coordinator,
  time: bigint,
): TransitionReason {
  const step = progress.step + 1;
  const witnesses = epoch.rounds[epoch.rounds_head]?.witnesses.length ?? 0;
  const healthy = epoch.clients.filter(({ state }) => state === 'Healthy').length;
  const isTimeOver = time !== epoch.start_timestamp && time >= epoch.start_timestamp + config.epoch_time;
  const lastStep = isTimeOver && epoch.last_step === 0 && step + 2 >= 4 ? step + 2 : epoch.last_step;
  if (witnesses === 0) return 'no-witness';
  if (lastStep !== 0 && step === lastStep) return 'epoch-over';
  if (healthy < config.min_clients) return 'too-few-clients';
  if (witnesses < quorumOf(config.witness_nodes === 0 ? witnesses : config.witness_nodes)) return 'too-few-witnesses';
  if (step >= config.total_steps) return 'steps-done';
  return isPausing ? 'pause-pending' : 'next-round';
}

/** Witnesses that suffice. Source: PROTOCOL.md §8, `quorum`. */
function quorumOf(witnesses: number): number {
  if (witnesses <= 2) return witnesses;
  return witnesses === 3 ? 2 : Math.floor(witnesses * (2 / 3));
}

function waitingOrFinished({ progress, config }: Coordinator): 'WaitingForMembers' | 'Finished' {
  return progress.step < config.total_steps ? 'WaitingForMembers' : 'Finished';
}
