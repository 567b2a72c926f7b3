import { PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import { COORDINATOR_ACCOUNT_SIZE } from '#core/layouts/coordinator-account.ts';
import type { Checkpoint, CoordinatorProgress, RunMetadata } from '#core/layouts/generated/coordinator.ts';
import type { RunConfiguration } from '#core/config/config-types.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { programInstruction } from './program-instruction.ts';

/** Where a run lives on one network. */
export type RunPlace = { readonly instance: Address; readonly account: Address; readonly programs: ProgramIds };

/**
 * The two instructions that make a run: the account's creation and its initialisation. They belong into one transaction,
 * which the fresh account's key signs.
 *
 * @param rentLamports - what keeps 119,160 bytes alive on this cluster
 */
export function createCoordinator(
  place: RunPlace,
  run: {
    payer: Address;
    mainAuthority: Address;
    joinAuthority: Address;
    runId: string;
    clientVersion: string;
    rentLamports: bigint;
    seed?: AccountSeed | undefined;
  },
): TransactionInstruction[] {
  return [
    createRunAccount(place, run),
    programInstruction(
      {
        program: 'coordinator',
        instruction: 'init_coordinator',
        args: {
          params: {
            main_authority: addressToBytes(run.mainAuthority),
            join_authority: addressToBytes(run.joinAuthority),
            run_id: run.runId,
            client_version: run.clientVersion,
          },
        },
        keys: { payer: run.payer, coordinator_instance: place.instance, coordinator_account: place.account },
      },
      place.programs,
    ),
  ];
}

/** What a run's account address is derived from, in place of a key of its own. `base` signs. */
export type AccountSeed = { readonly base: Address; readonly text: string };

/** Makes the empty account a run is written into; the payer signs, and the account's own key or the seed's base. */
export function createRunAccount(
  { account, programs }: RunPlace,
  { payer, rentLamports, seed }: { payer: Address; rentLamports: bigint; seed?: AccountSeed | undefined },
): TransactionInstruction {
  const common = {
    fromPubkey: new PublicKey(payer),
    newAccountPubkey: new PublicKey(account),
    lamports: Number(rentLamports),
    space: COORDINATOR_ACCOUNT_SIZE,
    programId: new PublicKey(programs.coordinator),
  };
  return seed === undefined
    ? SystemProgram.createAccount(common)
    : SystemProgram.createAccountWithSeed({ ...common, basePubkey: new PublicKey(seed.base), seed: seed.text });
}

/** Replaces the parts that are given; the others stay. All but metadata need a halted run. */
export function update(
  place: RunPlace,
  authority: Address,
  parts: { metadata?: RunMetadata; progress?: CoordinatorProgress } & Partial<RunConfiguration>,
): TransactionInstruction {
  return runInstruction(place, { authority }, 'update', {
    metadata: parts.metadata ?? null,
    config: parts.config ?? null,
    model: parts.model ?? null,
    progress: parts.progress ?? null,
  });
}

/** Which client version participants must run; needs a halted run. */
export function updateClientVersion(place: RunPlace, authority: Address, version: string): TransactionInstruction {
  return runInstruction(place, { authority }, 'update_client_version', { new_version: version });
}

/** What epochs pay from the next one on, native units; what is absent stays. */
export function setFutureRates(
  place: RunPlace,
  authority: Address,
  { earning, slashing }: { earning?: bigint | undefined; slashing?: bigint | undefined },
): TransactionInstruction {
  return runInstruction(place, { authority }, 'set_future_epoch_rates', {
    epoch_earning_rate_total_shared: earning ?? null,
    epoch_slashing_rate_per_client: slashing ?? null,
  });
}

/** Pauses (`true`) or starts and resumes (`false`). */
export function setPaused(place: RunPlace, authority: Address, paused: boolean): TransactionInstruction {
  return runInstruction(place, { authority }, 'set_paused', { paused });
}

/** Closes both accounts of a halted run; what they hold goes to `spill`. */
export function freeCoordinator(place: RunPlace, authority: Address, spill: Address): TransactionInstruction {
  return programInstruction(
    {
      program: 'coordinator',
      instruction: 'free_coordinator',
      args: { params: {} },
      keys: { authority, spill, coordinator_instance: place.instance, coordinator_account: place.account },
    },
    place.programs,
  );
}

/** Lets the run look at the clock; anybody signs. */
export function tick(place: RunPlace, user: Address): TransactionInstruction {
  return runInstruction(place, { user }, 'tick', {});
}

/** Records where the newest checkpoint lies; a client of the epoch signs. */
export function recordCheckpoint(place: RunPlace, user: Address, repo: Checkpoint): TransactionInstruction {
  return runInstruction(place, { user }, 'checkpoint', { repo });
}

/** @param signer - by the name that the instruction gives it */
function runInstruction(
  { instance, account, programs }: RunPlace,
  signer: { readonly user: Address } | { readonly authority: Address },
  instruction: string,
  args: Record<string, unknown>,
): TransactionInstruction {
  return programInstruction(
    {
      program: 'coordinator',
      instruction,
      args,
      keys: { ...signer, coordinator_instance: instance, coordinator_account: account },
    },
    programs,
  );
}
