/** What pausing, starting or resuming does in the state a run is in. Source: PROTOCOL §4.1 set_paused, §8 consequences. */
export function pauseEffect(state: string, paused: boolean): { title: string; effect: readonly string[] } {
  if (paused) return { title: 'Pause', effect: pausing(state) };
  return { title: state === 'Uninitialized' ? 'Start' : 'Resume', effect: starting(state) };
}

function pausing(state: string): readonly string[] {
  switch (state) {
    case 'RoundTrain':
    case 'RoundWitness':
    case 'Cooldown':
      return [
        'Not at once: the current round ends first, then the cooldown; after that the run is paused.',
        'Clients stay connected until then. A pause that is pending cannot be taken back.',
        'The epoch that ends this way pays nobody.',
      ];
    case 'WaitingForMembers':
    case 'Warmup':
      return [
        'At once: every client of this epoch is withdrawn and the run is paused.',
        'When it is resumed, every client must join again.',
      ];
    default:
      return ['The run is not running, so there is nothing to pause: the program refuses this.'];
  }
}

function starting(state: string): readonly string[] {
  switch (state) {
    case 'Uninitialized':
      return [
        'The run begins at step 1 and waits for members at once.',
        'Training starts when enough clients have joined. From now on its configuration can only be changed while it is paused.',
      ];
    case 'Paused':
      return [
        'The run waits for members at once.',
        'Every client must join again; the first epoch starts from the last saved checkpoint.',
      ];
    case 'Finished':
      return ['A finished run cannot be started again: the program refuses this.'];
    default:
      return ['The run is already running: the program refuses this.'];
  }
}
