import { bytesToHex } from '@noble/hashes/utils.js';
import type { CoordinatorAccount, EpochClient, RunClient } from '#core/layouts/generated/coordinator.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { configurationJson } from './configuration-json.ts';
import type { RunFacts, TreasurerFacts } from './run-facts.ts';
import type { JsonValue } from './stringify-json.ts';
import { uiFromNative } from './ui-amount.ts';

/** What `json-dump-run` prints for a run. Source: PROTOCOL.md §11. */
export function dumpRun({ instance, account, treasurer }: RunFacts): JsonValue {
  return {
    coordinator_instance: {
      address: instance.address,
      main_authority: addressFromBytes(instance.value.main_authority),
      join_authority: addressFromBytes(instance.value.join_authority),
    },
    coordinator_account: dumpCoordinatorAccount(account.address, account.value),
    treasurer_run: treasurer && dumpTreasurerRun(treasurer, account.value),
  };
}

/** The `coordinator_account` part of the dump: what the account alone says. */
export function dumpCoordinatorAccount(address: string, account: CoordinatorAccount): JsonValue {
  const { metadata, coordinator, clients_state: known, client_version } = account.state;
  const { epoch_state: epoch, progress } = coordinator;
  return {
    address,
    run_id: coordinator.run_id,
    nonce: account.nonce,
    setup: {
      client_version,
      metadata,
      model: configurationJson('model', coordinator.model),
      config: configurationJson('config', coordinator.config),
    },
    status: {
      next_active: known.next_active,
      state: RUN_STATE_TEXTS[coordinator.run_state],
      epoch: BigInt(progress.epoch),
      step: BigInt(progress.step),
    },
    epoch: {
      clients: { alive: statesByKey(epoch.clients), exited: statesByKey(epoch.exited_clients) },
      rates: { current: ratesJson(known.current_epoch_rates), future: ratesJson(known.future_epoch_rates) },
    },
    clients: Object.fromEntries(known.clients.map((client) => [clientKey(client), clientJson(client)])),
    accounting: {
      max_active: known.clients.reduce<bigint | null>(
        (max, { active }) => (max === null || active > max ? active : max),
        null,
      ),
      sum_earned: sumOfEarned(account),
      sum_slashed: known.clients.reduce((sum, { slashed }) => sum + slashed, 0n),
    },
  };
}

/** A known client in either dump. Points are native units. */
export function clientJson({ active, earned, slashed }: RunClient): JsonValue {
  return { active, earned, slashed };
}

function dumpTreasurerRun({ address, run, decimals, funded }: TreasurerFacts, account: CoordinatorAccount): JsonValue {
  const claimable = sumOfEarned(account);
  const unclaimed = atLeastZero(claimable - run.total_claimed_earned_points);
  const surplus = uiFromNative(atLeastZero(funded - unclaimed), decimals);
  const burn = uiFromNative(account.state.clients_state.current_epoch_rates.earning_rate_total_shared, decimals);
  return {
    address,
    index: run.index,
    main_authority: addressFromBytes(run.main_authority),
    join_authority: addressFromBytes(run.join_authority),
    collateral_mint: addressFromBytes(run.collateral_mint),
    total_claimed_earned_points: run.total_claimed_earned_points,
    total_claimable_earned_points: claimable,
    total_unclaimed_earned_points: unclaimed,
    funded_collateral_amount: uiFromNative(funded, decimals),
    total_missing_collateral_amount: uiFromNative(atLeastZero(unclaimed - funded), decimals),
    total_surplus_collateral_amount: surplus,
    burn_collateral_amount_per_epoch: burn,
    // Without a burn it lasts forever: infinity in the CLI, which JSON cannot say.
    estimated_funded_epochs_count: burn === 0 ? null : surplus / burn,
  };
}

function sumOfEarned(account: CoordinatorAccount): bigint {
  return account.state.clients_state.clients.reduce((sum, { earned }) => sum + earned, 0n);
}

function statesByKey(clients: readonly EpochClient[]): JsonValue {
  return Object.fromEntries(clients.map((client) => [clientKey(client), client.state]));
}

/** The first four bytes of the wallet. Two wallets may share them; then the later one is shown, as in the CLI. */
function clientKey({ id }: EpochClient | RunClient): string {
  return bytesToHex(id.signer.subarray(0, 4));
}

function ratesJson(rates: CoordinatorAccount['state']['clients_state']['current_epoch_rates']): JsonValue {
  return { earning: rates.earning_rate_total_shared, slashing: rates.slashing_rate_per_client };
}

function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}
