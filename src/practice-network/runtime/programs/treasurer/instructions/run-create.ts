import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import type { TreasurerInstructions } from '#core/layouts/generated/treasurer.ts';
import { ACCOUNT_SIZES, RUN_ID_MAX_BYTES } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountMeta } from '../../../native/native-executor.ts';
import { createProgramAccount } from '../../anchor/account-lifecycle.ts';
import { createAccountList } from '../../anchor/accounts.ts';
import { requireCanonicalSeeds, requireWritable } from '../../anchor/constraints.ts';
import { ACCOUNT, INSTANCE } from '../../coordinator/run-accounts.ts';
import type { ProgramContext, WorkingAccount } from '../../program.ts';
import { takeMint } from '../token-accounts.ts';
import { RUN, runSeeds, storeRun } from '../treasurer-accounts.ts';
import { failInTreasurer } from '../treasurer-errors.ts';

/** `AssociatedTokenAccountInstruction::Create`, which fails when the account exists. Source: spl-associated-token-account. */
const CREATE = Uint8Array.of(0);

/** A handler for `run_create`: the Run, its vault, and a coordinator run that the Run owns. Source: PROTOCOL §4.2. */
export function runCreateHandler(coordinator: Address) {
  return (context: ProgramContext, { params }: TreasurerInstructions['run_create']): void => {
    const list = createAccountList(context);
    const payer = list.signer('payer');
    const run = list.toBeCreated();
    const vault = list.toBeCreated();
    const mint = takeMint(list, context, 'collateral_mint');
    const instance = list.unchecked(INSTANCE);
    const account = list.unchecked(ACCOUNT);
    list.program('coordinator_program', coordinator);
    list.program('associated_token_program', ASSOCIATED_TOKEN_PROGRAM);
    list.program('token_program', TOKEN_PROGRAM);
    list.program('system_program', SYSTEM_PROGRAM);
    const seeds = runSeeds(params.index);
    const bump = requireCanonicalSeeds(context, RUN, run, seeds);
    const sizeBytes = ACCOUNT_SIZES.Run;
    createProgramAccount(context, { payer, account: run, seeds: [...seeds, Uint8Array.of(bump)], sizeBytes });
    createVault(context, { payer, run, mint });
    requireWritable(context, 'payer', payer);
    requireWritable(context, 'run_collateral', vault);
    requireWritable(context, INSTANCE, instance);
    requireWritable(context, ACCOUNT, account);
    if (new TextEncoder().encode(params.run_id).length > RUN_ID_MAX_BYTES) {
      failInTreasurer(context, 'run_create', 'RunIdInvalidLength');
    }
    const { index, main_authority, join_authority, run_id, client_version } = params;
    storeRun(run, {
      bump,
      index,
      main_authority,
      join_authority,
      coordinator_account: addressToBytes(account.address),
      coordinator_instance: addressToBytes(instance.address),
      collateral_mint: addressToBytes(mint.address),
      total_claimed_collateral_amount: 0n,
      total_claimed_earned_points: 0n,
    });
    const identity = { main_authority: addressToBytes(run.address), join_authority, run_id, client_version };
    context.invoke({
      programId: coordinator,
      accounts: [signer(payer), writable(instance.address), writable(account.address), readonly(SYSTEM_PROGRAM)],
      data: encodeInstruction('coordinator', 'init_coordinator', { params: identity }),
    });
  };
}

/** The address is worked out rather than taken from the list: a wrong one is simply not among the accounts of the call. */
function createVault(
  context: ProgramContext,
  { payer, run, mint }: Readonly<Record<'payer' | 'run' | 'mint', WorkingAccount>>,
): void {
  context.invoke({
    programId: ASSOCIATED_TOKEN_PROGRAM,
    accounts: [
      signer(payer),
      writable(associatedTokenAddress(run.address, mint.address).address),
      readonly(run.address),
      readonly(mint.address),
      readonly(SYSTEM_PROGRAM),
      readonly(TOKEN_PROGRAM),
    ],
    data: CREATE,
  });
}

function signer({ address }: WorkingAccount): AccountMeta {
  return { address, isSigner: true, isWritable: true };
}

function writable(address: Address): AccountMeta {
  return { address, isSigner: false, isWritable: true };
}

function readonly(address: Address): AccountMeta {
  return { address, isSigner: false, isWritable: false };
}
