import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import {
  associatedTokenAddress,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import type { Address } from '#core/solana/address.ts';
import { addressOf } from './sample-addresses.ts';
import { programInstruction, type SampleInstruction } from './sample-message.ts';
import { DEMO_MINT } from './sample-treasury.ts';

const NO_PARAMS = {
  metadata: null,
  config: null,
  model: null,
  progress: null,
  epoch_earning_rate_total_shared: null,
  epoch_slashing_rate_per_client: null,
  paused: null,
  client_version: null,
};

/** `run_update` with rates: through the treasurer, which owns the run. */
export function treasurerRates(
  runId: string,
  authority: Address,
  rates: { earning?: bigint | undefined; slashing?: bigint | undefined },
): SampleInstruction {
  return programInstruction(
    'treasurer',
    'run_update',
    {
      params: {
        ...NO_PARAMS,
        epoch_earning_rate_total_shared: rates.earning ?? null,
        epoch_slashing_rate_per_client: rates.slashing ?? null,
      },
    },
    { authority, run: runOf(runId) },
  );
}

/** SPL `TransferChecked` into a run's vault: tag 12, amount, decimals. Source: SPL Token. */
export function transferToVault(runId: string, funder: Address, amount: bigint, decimals: number): SampleInstruction {
  const data = new Uint8Array(10);
  data[0] = 12;
  new DataView(data.buffer).setBigUint64(1, amount, true);
  data[9] = decimals;
  return {
    program: TOKEN_PROGRAM,
    data,
    metas: [
      meta(associatedTokenAddress(funder, DEMO_MINT).address, { isWritable: true }),
      meta(DEMO_MINT, {}),
      meta(associatedTokenAddress(runOf(runId), DEMO_MINT).address, { isWritable: true }),
      meta(funder, { isSigner: true }),
    ],
  };
}

/** What a first claim takes: the token account, the record of claims, the claim. */
export function claimSteps(runId: string, payer: Address, user: Address, amount: bigint): SampleInstruction[] {
  const run = runOf(runId);
  const collateral = associatedTokenAddress(user, DEMO_MINT).address;
  const accounts = { payer, user, run, participant: participantAddress(run, user).address };
  return [
    {
      program: ASSOCIATED_TOKEN_PROGRAM,
      data: Uint8Array.of(1),
      metas: [
        meta(payer, { isSigner: true, isWritable: true }),
        meta(collateral, { isWritable: true }),
        meta(user, {}),
        meta(DEMO_MINT, {}),
        meta(SYSTEM_PROGRAM, {}),
        meta(TOKEN_PROGRAM, {}),
      ],
    },
    programInstruction('treasurer', 'participant_create', { params: {} }, accounts),
    programInstruction(
      'treasurer',
      'participant_claim',
      { params: { claim_earned_points: amount } },
      {
        ...accounts,
        user_collateral: collateral,
        run_collateral: associatedTokenAddress(run, DEMO_MINT).address,
        coordinator_account: addressOf(`account ${runId}`),
      },
    ),
  ];
}

function runOf(runId: string): Address {
  return treasurerRunAddress(treasurerIndexOf(runId)).address;
}

function meta(
  address: Address,
  { isSigner = false, isWritable = false }: { isSigner?: boolean; isWritable?: boolean },
) {
  return { address, isSigner, isWritable };
}
