import type { RunState as RunStateName } from '#core/layouts/generated/coordinator.ts';

/** How the program's logs name a state. Source: PROTOCOL §6. */
export function runStateText(name: RunStateName): string {
  return TEXTS[name];
}

const TEXTS: Readonly<Record<RunStateName, string>> = {
  Uninitialized: 'Uninitialized',
  WaitingForMembers: 'Waiting for members',
  Warmup: 'Warmup',
  RoundTrain: 'Training',
  RoundWitness: 'Witness',
  Cooldown: 'Cooldown',
  Finished: 'Finished',
  Paused: 'Paused',
};
