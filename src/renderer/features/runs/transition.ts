import type { Coordinator } from '#core/layouts/generated/coordinator.ts';

/** The next step of the state machine and when the earliest transaction can cause it, unix seconds; absent when time alone does not decide. */
export type Transition = { readonly to: string; readonly at: number | undefined };

/** Where a run goes next. Nothing moves without a transaction: clients send them. Source: PROTOCOL §8. */
export function nextTransition({
  run_state,
  run_state_start_unix_timestamp,
  config,
  pending_pause,
  progress,
}: Coordinator): Transition | undefined {
  const start = Number(run_state_start_unix_timestamp);
  switch (run_state) {
    case 'WaitingForMembers':
      return { to: 'Warmup', at: undefined };
    case 'Warmup':
      return { to: 'Training', at: start + Number(config.warmup_time) };
    case 'RoundTrain':
      return { to: 'Witness', at: start + Number(config.max_round_train_time) };
    case 'RoundWitness':
      return { to: 'the next round', at: start + Number(config.round_witness_time) };
    case 'Cooldown':
      return {
        to: pending_pause ? 'Paused' : progress.step < config.total_steps ? 'Waiting' : 'Finished',
        at: start + Number(config.cooldown_time),
      };
    case 'Uninitialized':
    case 'Paused':
    case 'Finished':
      return undefined;
  }
}
