import type {
  CoordinatorAccount,
  CoordinatorEpochState,
  CoordinatorInstanceState,
  Round,
} from '#core/layouts/generated/coordinator.ts';
import { STORED_ROUNDS } from '#core/layouts/programs.ts';

/** A run's state while an instruction works on it. Its own fields may be set; lists and their items are replaced. */
export type RunState = CoordinatorInstanceState;

/**
 * A copy whose containers may be changed without touching the original. Lists and what is in them stay shared, so what an
 * instruction left alone is still the same object afterwards: that is how little gets written back.
 */
export function draftOf(account: CoordinatorAccount): CoordinatorAccount {
  const { state } = account;
  const { coordinator, clients_state: clientsState } = state;
  const { epoch_state: epochState, progress } = coordinator;
  return {
    ...account,
    state: {
      ...state,
      coordinator: {
        ...coordinator,
        progress: { ...progress },
        epoch_state: { ...epochState, rounds: [...epochState.rounds] },
      },
      clients_state: { ...clientsState },
    },
  };
}

/** An epoch nobody has started. */
export function emptyEpoch(): CoordinatorEpochState {
  return {
    rounds: Array.from({ length: STORED_ROUNDS }, emptyRound),
    clients: [],
    exited_clients: [],
    rounds_head: 0,
    start_step: 0,
    last_step: 0,
    start_timestamp: 0n,
    first_round: false,
    cold_start_epoch: false,
  };
}

function emptyRound(): Round {
  return { witnesses: [], data_index: 0n, random_seed: 0n, height: 0, clients_len: 0, tie_breaker_tasks: 0 };
}
