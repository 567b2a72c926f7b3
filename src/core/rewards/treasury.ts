import type { CoordinatorAccount, CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import type { RewardShare, Runway, SharingClients } from './treasury-view.ts';

/** A treasury in native units. One point earned is one native unit. Source: PROTOCOL.md §4.2, §9.2. */
export type TreasuryAmounts = {
  /** In the vault. */
  readonly funded: bigint;
  readonly earned: bigint;
  readonly claimed: bigint;
  /** Earned and not claimed. */
  readonly owed: bigint;
  readonly missing: bigint;
  readonly surplus: bigint;
  /** Ever paid in: in the vault now, and claimed. It never falls, so more of it means somebody paid. */
  readonly deposited: bigint;
};

/**
 * What a vault owes and has left. Exact: sums may exceed 64 bits.
 *
 * @param run - what the treasurer's Run says was claimed
 */
export function treasuryAmounts(
  funded: bigint,
  run: { total_claimed_earned_points: bigint; total_claimed_collateral_amount: bigint },
  account: CoordinatorAccount,
): TreasuryAmounts {
  const earned = sumOfEarned(account);
  const claimed = run.total_claimed_earned_points;
  const owed = atLeastZero(earned - claimed);
  return {
    funded,
    earned,
    claimed,
    owed,
    missing: atLeastZero(owed - funded),
    surplus: atLeastZero(funded - owed),
    deposited: funded + run.total_claimed_collateral_amount,
  };
}

/** Points of all clients a run knows. */
export function sumOfEarned({ state }: CoordinatorAccount): bigint {
  return state.clients_state.clients.reduce((sum, { earned }) => sum + earned, 0n);
}

/** How an epoch's reward is shared: divided by the clients of the epoch, rounded down. Source: PROTOCOL.md §9.1. */
export function shareOf(earning: bigint, slashing: bigint, clients: number): RewardShare {
  const count = BigInt(clients);
  const perClient = count === 0n ? 0n : earning / count;
  return { earning, slashing, perClient, lost: count === 0n ? 0n : earning % count };
}

/**
 * Who would share: the clients of the epoch that runs, else those who joined for the next, else as many as the configuration
 * waits for.
 */
export function sharingClients({ state }: CoordinatorAccount): SharingClients {
  const { run_state: runState, epoch_state: epoch, config } = state.coordinator;
  const runs =
    runState === 'Warmup' || runState === 'RoundTrain' || runState === 'RoundWitness' || runState === 'Cooldown';
  if (runs && epoch.clients.length > 0) return { count: epoch.clients.length, basis: 'epoch' };
  const { clients, next_active: next } = state.clients_state;
  const joined = clients.filter(({ active }) => active === next).length;
  if (joined > 0) return { count: joined, basis: 'joined' };
  return { count: Math.max(config.init_min_clients, 1), basis: 'minimum' };
}

/**
 * How long a surplus pays for epochs. A whole reward is taken off each epoch, although clients that dropped out and the
 * remainder of the division are not paid: it lasts at least that long.
 *
 * @param config - gives the time of an epoch; without one only epochs are counted
 */
export function runwayOf(surplus: bigint, earning: bigint, config: CoordinatorConfig | undefined): Runway {
  if (earning === 0n) return {};
  const epochs = surplus / earning;
  return { epochs, ...(config && { seconds: epochs * epochSeconds(config) }) };
}

/** An epoch that runs its full time, without the rounds that end it. Source: PROTOCOL.md §8. */
function epochSeconds(config: CoordinatorConfig): bigint {
  const { waiting_for_members_extra_time: waiting, warmup_time: warmup, epoch_time: training, cooldown_time } = config;
  return BigInt(waiting) + warmup + training + cooldown_time;
}

/** What a user may claim: `now` is what the vault covers. */
export type Claimable = {
  readonly earned: bigint;
  readonly claimed: bigint;
  readonly unclaimed: bigint;
  readonly now: bigint;
  /** More was claimed than this account says was earned: the program aborts on any claim. Source: PROTOCOL.md §4.2. */
  readonly isOverclaimed: boolean;
};

/** @param funded - native units in the vault */
export function claimableOf(earned: bigint, claimed: bigint, funded: bigint): Claimable {
  const unclaimed = atLeastZero(earned - claimed);
  return {
    earned,
    claimed,
    unclaimed,
    now: unclaimed < funded ? unclaimed : funded,
    isOverclaimed: claimed > earned,
  };
}

/** Points of one wallet: the first client with its key counts. Source: PROTOCOL.md §4.2 `participant_claim`. */
export function earnedBy({ state }: CoordinatorAccount, wallet: Uint8Array): bigint {
  const isWallet = (signer: Uint8Array) => signer.every((byte, index) => byte === wallet[index]);
  return state.clients_state.clients.find(({ id }) => isWallet(id.signer))?.earned ?? 0n;
}

function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}
