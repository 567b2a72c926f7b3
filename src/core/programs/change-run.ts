import type { TransactionInstruction } from '@solana/web3.js';
import type { RunConfiguration } from '#core/config/config-types.ts';
import type { CoordinatorProgress, RunMetadata } from '#core/layouts/generated/coordinator.ts';
import type { Address } from '#core/solana/address.ts';
import { setFutureRates, setPaused, update, updateClientVersion, type RunPlace } from './coordinator.ts';
import { type RewardedRunParts, updateRewardedRun } from './treasurer.ts';

/** What its owner may change of a run. What is absent stays. */
export type RunChanges = Partial<RunConfiguration> & {
  metadata?: RunMetadata;
  progress?: CoordinatorProgress;
  /** Native units. */
  rates?: { earning?: bigint | undefined; slashing?: bigint | undefined };
  clientVersion?: string;
  paused?: boolean;
};

/** What the owner of a run may change of one: the place says whether that goes through the treasurer. */
export type OwnedPlace = RunPlace & { readonly treasurerRun?: Address | undefined };

/**
 * The instructions that change a run in the order that works: the configuration and the client version while it is halted, the
 * start last. Empty when nothing is to be changed.
 */
export function changeRun(place: OwnedPlace, authority: Address, changes: RunChanges): TransactionInstruction[] {
  const { treasurerRun } = place;
  return treasurerRun === undefined
    ? changePlainRun(place, authority, changes)
    : changeRewardedRun({ ...place, treasurerRun }, authority, changes);
}

function changePlainRun(place: RunPlace, authority: Address, changes: RunChanges): TransactionInstruction[] {
  const { metadata, config, model, progress, rates, clientVersion, paused } = changes;
  const parts = {
    ...(metadata && { metadata }),
    ...(config && { config }),
    ...(model && { model }),
    ...(progress && { progress }),
  };
  return [
    ...(Object.keys(parts).length === 0 ? [] : [update(place, authority, parts)]),
    ...(clientVersion === undefined ? [] : [updateClientVersion(place, authority, clientVersion)]),
    ...(rates === undefined ? [] : [setFutureRates(place, authority, rates)]),
    ...(paused === undefined ? [] : [setPaused(place, authority, paused)]),
  ];
}

/** A start and a client version never share an instruction: the program would start first, and refuse the version then. */
function changeRewardedRun(
  place: RunPlace & { treasurerRun: Address },
  authority: Address,
  { metadata, config, model, progress, rates, clientVersion, paused }: RunChanges,
): TransactionInstruction[] {
  const parts: RewardedRunParts = {
    ...(metadata && { metadata }),
    ...(config && { config }),
    ...(model && { model }),
    ...(progress && { progress }),
    ...(rates?.earning !== undefined && { epoch_earning_rate_total_shared: rates.earning }),
    ...(rates?.slashing !== undefined && { epoch_slashing_rate_per_client: rates.slashing }),
    ...(clientVersion !== undefined && { client_version: clientVersion }),
  };
  const state: RewardedRunParts = paused === undefined ? {} : { paused };
  const updates = clientVersion === undefined ? [{ ...parts, ...state }] : [parts, state];
  return updates
    .filter((update) => Object.keys(update).length > 0)
    .map((update) => updateRewardedRun(place, authority, update));
}
