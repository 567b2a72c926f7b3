import { base64 } from '@scure/base';
import { decodeCoordinatorAccount, encodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { nameOfRun } from './sample-runs.ts';
import { rewardsOf } from './sample-treasury.ts';
import type { Scenario } from './scenario.ts';

/** 280 bytes of description, the most the chain keeps. */
const LONG_DESCRIPTION =
  'A 1.1 billion parameter dense transformer, continued pre-training on code and mathematics. Clients on four continents exchange compressed gradients; every witness round is public. Questions and results are collected on the project’s own pages, weekly, with the evaluation table.';

/** Bytes of a run's account: training with 256 clients, waiting, paused, or new, after committed ones. */
export function accountBytes(runId: string, state: string, { accounts }: Scenario): Uint8Array {
  const account = decodeCoordinatorAccount(base64.decode(accounts.training));
  if (state === 'v0') return new Uint8Array(119_072).fill(1);
  account.state.coordinator.run_id = runId;
  account.state.metadata.name = nameOfRun(runId);
  if (state === 'RoundTrain') fillClients(account, decodeCoordinatorAccount(base64.decode(accounts.full)));
  else restart(account, state);
  reward(account, runId);
  return encodeCoordinatorAccount(account);
}

function fillClients({ state }: CoordinatorAccount, { state: full }: CoordinatorAccount): void {
  const now = BigInt(Math.floor(Date.now() / 1_000));
  state.metadata.description = LONG_DESCRIPTION;
  state.coordinator.pending_pause = false;
  state.clients_state = { ...full.clients_state, next_active: 9n };
  state.clients_state.clients = full.clients_state.clients.map((client, index) => ({
    ...client,
    earned: BigInt(index) * 1_250_000n,
    active: index % 5 === 0 ? 8n : 9n,
  }));
  state.coordinator.epoch_state.clients = full.clients_state.clients
    .slice(0, 48)
    .map(({ id }, index) => ({ id, state: index % 17 === 3 ? 'Dropped' : 'Healthy', exited_height: 0 }));
  state.coordinator.epoch_state.start_timestamp = now - 5_400n;
  state.coordinator.run_state_start_unix_timestamp = now - 95n;
  state.coordinator.progress.step = 21_543;
}

/** Clients and rates as the run's treasury has them. */
function reward({ state }: CoordinatorAccount, runId: string): void {
  const rewards = rewardsOf(runId);
  if (!rewards) return;
  const { earners, rates } = rewards;
  state.clients_state.clients = earners.map(({ user, earned }, index) => ({
    _unused: new Uint8Array(8),
    slashed: 0n,
    active: 9n,
    ...state.clients_state.clients[index],
    id: { signer: addressToBytes(user), p2p_identity: new Uint8Array(32) },
    earned,
  }));
  state.clients_state.current_epoch_rates = {
    earning_rate_total_shared: rates.current,
    slashing_rate_per_client: 0n,
  };
  state.clients_state.future_epoch_rates = {
    earning_rate_total_shared: rates.future,
    slashing_rate_per_client: 5_000_000n,
  };
}

function restart({ state }: CoordinatorAccount, to: string): void {
  const { coordinator } = state;
  coordinator.pending_pause = false;
  state.clients_state.clients = [];
  coordinator.epoch_state = {
    ...coordinator.epoch_state,
    clients: [],
    exited_clients: [],
    rounds: coordinator.epoch_state.rounds.map((round) => ({ ...round, witnesses: [] })),
    start_timestamp: 0n,
  };
  coordinator.progress = { epoch: 0, step: to === 'Uninitialized' ? 0 : 1, epoch_start_data_index: 0n };
  coordinator.run_state = to === 'WaitingForMembers' || to === 'Paused' || to === 'Warmup' ? to : 'Uninitialized';
  coordinator.run_state_start_unix_timestamp =
    to === 'Uninitialized' ? 0n : BigInt(Math.floor(Date.now() / 1_000) - 20);
}
