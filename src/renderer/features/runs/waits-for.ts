import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';

export type Waiting = {
  readonly sentence: string;
  readonly detail: string;
  readonly tone: 'info' | 'good' | 'warn';
  /** The act of the owner that would help. */
  readonly help: 'configure' | 'start' | 'resume' | 'admit' | 'none';
};

/** What a run waits for. Source: PROTOCOL §8. */
export function waitsFor({ state }: CoordinatorAccount, openToAnyone: boolean): Waiting {
  const { coordinator, clients_state: clientsState } = state;
  const { config, epoch_state: epoch } = coordinator;
  switch (coordinator.run_state) {
    case 'Uninitialized':
      return config.total_steps === 0
        ? {
            sentence: 'It has no configuration yet',
            detail: 'A run starts once a configuration and a model are on chain.',
            tone: 'info',
            help: 'configure',
          }
        : {
            sentence: 'It is configured and has not been started',
            detail: 'Start it to let clients begin.',
            tone: 'info',
            help: 'start',
          };
    case 'Paused':
      return {
        sentence: 'It is paused',
        detail: 'Nothing happens until it is resumed; then every client must join again.',
        tone: 'info',
        help: 'resume',
      };
    case 'Finished':
      return {
        sentence: 'It is finished',
        detail: 'All steps are done. It can be looked at and closed, not started again.',
        tone: 'good',
        help: 'none',
      };
    case 'WaitingForMembers':
      return waitsForMembers(
        clientsState.clients.filter(({ active }) => active === clientsState.next_active).length,
        config.init_min_clients,
        openToAnyone,
      );
    case 'Warmup':
      return {
        sentence: `${epoch.clients.length} clients are loading the model`,
        detail: `At least ${config.min_clients} must stay for training to begin.`,
        tone: 'good',
        help: 'none',
      };
    case 'RoundTrain':
    case 'RoundWitness':
      return {
        sentence: `${epoch.clients.length} clients are training`,
        detail: `The epoch ends early when fewer than ${config.min_clients} are left.`,
        tone: 'good',
        help: 'none',
      };
    case 'Cooldown':
      return {
        sentence: 'The epoch is over and the model is being saved',
        detail: coordinator.pending_pause ? 'It will be paused afterwards.' : 'The next epoch follows.',
        tone: 'good',
        help: 'none',
      };
  }
}

function waitsForMembers(joined: number, needed: number, openToAnyone: boolean): Waiting {
  const missing = needed - joined;
  const sentence =
    missing > 0
      ? `It waits for clients: ${joined} of ${needed} have joined`
      : 'Enough clients have joined: the epoch begins with the next transaction';
  if (openToAnyone) return { sentence, detail: 'Anyone may join.', tone: 'info', help: 'none' };
  return {
    sentence,
    detail: 'Only users with an authorization of its join authority may join.',
    tone: missing > 0 ? 'warn' : 'info',
    help: 'admit',
  };
}
