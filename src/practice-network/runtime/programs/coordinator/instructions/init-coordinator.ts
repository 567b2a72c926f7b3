import { encodeAccount } from '#core/codec/account-codec.ts';
import {
  COORDINATOR_ACCOUNT_DISCRIMINATOR,
  COORDINATOR_ACCOUNT_SIZE,
  COORDINATOR_ACCOUNT_VERSION,
  fieldRange,
} from '#core/layouts/coordinator-account.ts';
import type { CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import { ACCOUNT_SIZES, RUN_ID_MAX_BYTES } from '#core/layouts/programs.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { createProgramAccount, storeFields } from '../../anchor/account-lifecycle.ts';
import { createAccountList } from '../../anchor/accounts.ts';
import { ANCHOR_ERRORS, failAt, failWith } from '../../anchor/anchor-error.ts';
import { requireCanonicalSeeds, requireWritable } from '../../anchor/constraints.ts';
import type { ProgramContext } from '../../program.ts';
import { failInHandler } from '../coordinator-errors.ts';
import { ACCOUNT, INSTANCE, instanceSeeds } from '../run-accounts.ts';

/** Creates a run: its instance, and the contents of an account made beforehand. Source: PROTOCOL §4.1. */
export function initCoordinator(
  context: ProgramContext,
  { params }: CoordinatorInstructions['init_coordinator'],
): void {
  const list = createAccountList(context);
  const payer = list.signer('payer');
  const instance = list.toBeCreated();
  const account = list.unchecked(ACCOUNT);
  list.program('system_program', SYSTEM_PROGRAM);
  const seeds = instanceSeeds(params.run_id);
  const bump = requireCanonicalSeeds(context, INSTANCE, instance, seeds);
  createProgramAccount(context, {
    payer,
    account: instance,
    seeds: [...seeds, Uint8Array.of(bump)],
    sizeBytes: ACCOUNT_SIZES.CoordinatorInstance,
  });
  requireWritable(context, 'payer', payer);
  requireWritable(context, ACCOUNT, account);
  if (account.owner !== context.programId) failAt(context, ACCOUNT, 'ConstraintOwner');
  if (new TextEncoder().encode(params.run_id).length > RUN_ID_MAX_BYTES) {
    failInHandler(context, 'init_coordinator', 'RunIdInvalidLength');
  }
  storeFields(
    instance,
    encodeAccount('coordinator', 'CoordinatorInstance', {
      bump,
      main_authority: params.main_authority,
      join_authority: params.join_authority,
      coordinator_account: addressToBytes(account.address),
      run_id: params.run_id,
    }),
  );
  account.data = initialised(context, account.data, params);
}

function initialised(
  context: ProgramContext,
  data: Uint8Array,
  { run_id: runId, client_version: clientVersion }: CoordinatorInstructions['init_coordinator']['params'],
): Uint8Array {
  if (data.length !== COORDINATOR_ACCOUNT_SIZE) {
    failInHandler(context, 'init_coordinator', 'CoordinatorAccountIncorrectSize');
  }
  if (data.subarray(0, COORDINATOR_ACCOUNT_DISCRIMINATOR.length).some((byte) => byte !== 0)) {
    const name = 'AccountDiscriminatorAlreadySet';
    const origin = { kind: 'handler', instruction: 'init_coordinator' } as const;
    failWith(context, { name, ...ANCHOR_ERRORS[name] }, origin);
  }
  const bytes = data.slice();
  const view = new DataView(bytes.buffer);
  bytes.set(COORDINATOR_ACCOUNT_DISCRIMINATOR);
  view.setBigUint64(fieldRange('version').start, COORDINATOR_ACCOUNT_VERSION, true);
  view.setBigUint64(fieldRange('nonce').start, 0n, true);
  writeCut(bytes, 'state.coordinator.run_id', runId);
  writeCut(bytes, 'state.client_version', clientVersion);
  return bytes;
}

function writeCut(bytes: Uint8Array, path: string, text: string): void {
  const { start, end } = fieldRange(path);
  bytes.fill(0, start, end);
  bytes.set(new TextEncoder().encode(text).subarray(0, end - start), start);
}
