import type { RunState } from './generated/coordinator.ts';

/** How the programs' logs, the command line and this app spell a run's state. Source: PROTOCOL.md §6, “State texts”. */
export const RUN_STATE_TEXTS: Readonly<Record<RunState, string>> = {
  Uninitialized: 'Uninitialized',
  WaitingForMembers: 'Waiting for members',
  Warmup: 'Warmup',
  RoundTrain: 'Training',
  RoundWitness: 'Witness',
  Cooldown: 'Cooldown',
  Finished: 'Finished',
  Paused: 'Paused',
};
