/** How a state of a run is called on screen, what it means, and the name of its fixed colour. */
export type RunStateWords = { readonly word: string; readonly means: string; readonly tone: string };

/** States in their fixed order. Keys are the chain's spelling. Source: PROTOCOL §5.2, §8. */
export const RUN_STATES: Readonly<Record<string, RunStateWords>> = {
  Uninitialized: { word: 'New', means: 'Created and not started yet', tone: 'uninitialized' },
  WaitingForMembers: { word: 'Waiting', means: 'Waits until enough clients have joined', tone: 'waiting' },
  Warmup: { word: 'Warmup', means: 'Clients load the model', tone: 'warmup' },
  RoundTrain: { word: 'Training', means: 'Clients train a round', tone: 'training' },
  RoundWitness: { word: 'Witness', means: 'Witnesses report on the round', tone: 'witness' },
  Cooldown: { word: 'Cooldown', means: 'The epoch ends and the model is saved', tone: 'cooldown' },
  Paused: { word: 'Paused', means: 'Stopped by its owner; can be resumed', tone: 'paused' },
  Finished: { word: 'Finished', means: 'All steps are done; cannot be started again', tone: 'finished' },
};

/** Words for a state, whatever the chain says. */
export function runStateWords(state: string): RunStateWords {
  return RUN_STATES[state] ?? { word: state, means: 'A state this app does not know', tone: 'uninitialized' };
}

/** Whether nothing moves until its owner starts it. Source: PROTOCOL §8, `halted`. */
export function isHalted(state: string): boolean {
  return state === 'Uninitialized' || state === 'Paused' || state === 'Finished';
}
