import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';

/**
 * The part of a run's state that traces compare. Whole numbers are bare, those above 2⁵³ − 1 `bigint`; the seed is a
 * decimal string.
 */
export type TraceView = Readonly<Record<string, unknown>>;

/** @param nameOf - a signer's name from its wallet */
export function traceView({ state, nonce }: CoordinatorAccount, nameOf: (wallet: Uint8Array) => string): TraceView {
  const { coordinator, clients_state: clientsState } = state;
  const { epoch_state: epoch, progress } = coordinator;
  const round = epoch.rounds[epoch.rounds_head];
  const rates = ({ earning_rate_total_shared: earning, slashing_rate_per_client: slashing }: Rates) => [
    whole(earning),
    whole(slashing),
  ];
  return {
    run_state: coordinator.run_state,
    run_state_start_unix_timestamp: whole(coordinator.run_state_start_unix_timestamp),
    pending_pause: coordinator.pending_pause,
    nonce: whole(nonce),
    progress: {
      epoch: progress.epoch,
      step: progress.step,
      epoch_start_data_index: whole(progress.epoch_start_data_index),
    },
    checkpoint: coordinator.model.LLM.checkpoint,
    epoch_state: {
      clients: epoch.clients.map((client) => [nameOf(client.id.signer), client.state]),
      exited_clients: epoch.exited_clients.map((client) => [
        nameOf(client.id.signer),
        client.state,
        client.exited_height,
      ]),
      rounds_head: epoch.rounds_head,
      start_step: epoch.start_step,
      last_step: epoch.last_step,
      start_timestamp: whole(epoch.start_timestamp),
      first_round: epoch.first_round,
      cold_start_epoch: epoch.cold_start_epoch,
      current_round: round && {
        height: round.height,
        clients_len: round.clients_len,
        data_index: whole(round.data_index),
        random_seed: round.random_seed.toString(),
        witnesses: round.witnesses.map(({ proof }) => whole(proof.index)),
      },
    },
    clients_state: {
      clients: clientsState.clients.map(({ id, earned, slashed, active }) => [
        nameOf(id.signer),
        whole(earned),
        whole(slashed),
        whole(active),
      ]),
      next_active: whole(clientsState.next_active),
      current_epoch_rates: rates(clientsState.current_epoch_rates),
      future_epoch_rates: rates(clientsState.future_epoch_rates),
    },
    is_warmup_first_tick: state.is_warmup_first_tick,
    is_training_first_tick: state.is_training_first_tick,
  };
}

type Rates = { earning_rate_total_shared: bigint; slashing_rate_per_client: bigint };

function whole(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
