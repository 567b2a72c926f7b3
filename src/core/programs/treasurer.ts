import type { TransactionInstruction } from '@solana/web3.js';
import type { RunConfiguration } from '#core/config/config-types.ts';
import type { RunUpdateParams } from '#core/layouts/generated/treasurer.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { createRunAccount, type AccountSeed, type RunPlace } from './coordinator.ts';
import { programInstruction } from './program-instruction.ts';

/** A run with rewards: where it lives, and the treasurer's Run that owns it. */
export type RewardedPlace = RunPlace & { readonly treasurerRun: Address };

/**
 * The two instructions that make a run with rewards: the account's creation, and the treasurer's `run_create`, which also
 * makes the vault. They belong into one transaction, which the fresh account's key signs.
 *
 * @param run.rentLamports - what keeps 119,160 bytes alive on this cluster
 */
export function createRewardedRun(
  place: RewardedPlace,
  run: {
    payer: Address;
    mainAuthority: Address;
    joinAuthority: Address;
    runId: string;
    clientVersion: string;
    index: bigint;
    mint: Address;
    vault: Address;
    rentLamports: bigint;
    seed?: AccountSeed | undefined;
  },
): TransactionInstruction[] {
  const params = {
    index: run.index,
    run_id: run.runId,
    client_version: run.clientVersion,
    main_authority: addressToBytes(run.mainAuthority),
    join_authority: addressToBytes(run.joinAuthority),
  };
  return [
    createRunAccount(place, run),
    programInstruction(
      {
        program: 'treasurer',
        instruction: 'run_create',
        args: { params },
        keys: {
          payer: run.payer,
          run: place.treasurerRun,
          run_collateral: run.vault,
          collateral_mint: run.mint,
          coordinator_instance: place.instance,
          coordinator_account: place.account,
        },
      },
      place.programs,
    ),
  ];
}

/** What one `run_update` may change. Rates are native units. */
export type RewardedRunParts = Partial<Omit<RunUpdateParams, 'config' | 'model'> & RunConfiguration>;

/**
 * Changes the parts that are given. The program makes up to four changes of it, in this order: update, rates, paused, client
 * version; the version needs a run that is halted by then. Source: PROTOCOL.md §4.2.
 */
export function updateRewardedRun(
  place: RewardedPlace,
  authority: Address,
  parts: RewardedRunParts,
): TransactionInstruction {
  const params = {
    metadata: null,
    config: null,
    model: null,
    progress: null,
    epoch_earning_rate_total_shared: null,
    epoch_slashing_rate_per_client: null,
    paused: null,
    client_version: null,
    ...parts,
  };
  return programInstruction(
    {
      program: 'treasurer',
      instruction: 'run_update',
      args: { params },
      keys: {
        authority,
        run: place.treasurerRun,
        coordinator_instance: place.instance,
        coordinator_account: place.account,
      },
    },
    place.programs,
  );
}

/** Opens a user's record of claims; both sign. */
export function createParticipant(
  { treasurerRun, programs }: RewardedPlace,
  { payer, user, participant }: { payer: Address; user: Address; participant: Address },
): TransactionInstruction {
  return programInstruction(
    {
      program: 'treasurer',
      instruction: 'participant_create',
      args: { params: {} },
      keys: { payer, user, run: treasurerRun, participant },
    },
    programs,
  );
}

/** Pays a user points as tokens, one native unit each. */
export function claimRewards(
  { treasurerRun, account, programs }: RewardedPlace,
  claim: { user: Address; userTokens: Address; vault: Address; participant: Address; points: bigint },
): TransactionInstruction {
  return programInstruction(
    {
      program: 'treasurer',
      instruction: 'participant_claim',
      args: { params: { claim_earned_points: claim.points } },
      keys: {
        user: claim.user,
        user_collateral: claim.userTokens,
        run: treasurerRun,
        run_collateral: claim.vault,
        coordinator_account: account,
        participant: claim.participant,
      },
    },
    programs,
  );
}
