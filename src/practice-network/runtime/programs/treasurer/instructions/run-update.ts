import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { instructionInterface } from '#core/codec/program-interface.ts';
import type { CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import type { RunUpdateParams, TreasurerInstructions } from '#core/layouts/generated/treasurer.ts';
import { type Address, addressFromBytes } from '#core/solana/address.ts';
import { createAccountList } from '../../anchor/accounts.ts';
import { requireThat } from '../../anchor/constraints.ts';
import { endOfFields } from '../../anchor/read-arguments.ts';
import { checkAccount, checkInstance, takeRunAccounts } from '../../coordinator/run-accounts.ts';
import type { ProgramContext } from '../../program.ts';
import { RUN, runSignerSeeds, takeRun } from '../treasurer-accounts.ts';

/** A handler for `run_update`: hands on to the coordinator what is given, signed by the Run. Source: PROTOCOL §4.2. */
export function runUpdateHandler(coordinator: Address) {
  return (context: ProgramContext, { params }: TreasurerInstructions['run_update']): void => {
    const list = createAccountList(context);
    const authority = list.signer('authority');
    const { info: run, value } = takeRun(list, context);
    const asCoordinator = { ...context, programId: coordinator };
    const accounts = takeRunAccounts(list, asCoordinator);
    const { instance, account } = accounts;
    list.program('coordinator_program', coordinator);
    requireThat(context, RUN, addressFromBytes(value.main_authority) === authority.address);
    requireThat(context, RUN, addressFromBytes(value.coordinator_instance) === instance.info.address);
    requireThat(context, RUN, addressFromBytes(value.coordinator_account) === account.address);
    checkInstance(asCoordinator, accounts);
    checkAccount(asCoordinator, accounts);
    for (const data of callsFor(params, context.data)) {
      const metas = [
        { address: run.address, isSigner: true, isWritable: false },
        { address: instance.info.address, isSigner: false, isWritable: false },
        { address: account.address, isSigner: false, isWritable: true },
      ];
      context.invoke({ programId: coordinator, accounts: metas, data }, [runSignerSeeds(value)]);
    }
  };
}

/** Instruction data for the coordinator, each only when something of it is given, in the program's order. */
function callsFor(params: RunUpdateParams, data: Uint8Array): Uint8Array[] {
  const { metadata, config, model, progress, paused, client_version } = params;
  const { epoch_earning_rate_total_shared, epoch_slashing_rate_per_client } = params;
  const calls: Uint8Array[] = [];
  const parts = [metadata, config, model, progress];
  if (parts.some((part) => part !== null)) calls.push(updateData(data, parts.length));
  if (epoch_earning_rate_total_shared !== null || epoch_slashing_rate_per_client !== null) {
    calls.push(
      coordinatorCall('set_future_epoch_rates', { epoch_earning_rate_total_shared, epoch_slashing_rate_per_client }),
    );
  }
  if (paused !== null) calls.push(coordinatorCall('set_paused', { paused }));
  if (client_version !== null) calls.push(coordinatorCall('update_client_version', { new_version: client_version }));
  return calls;
}

function coordinatorCall<N extends keyof CoordinatorInstructions>(
  name: N,
  args: CoordinatorInstructions[N],
): Uint8Array {
  return encodeInstruction('coordinator', name, args);
}

const UPDATE = instructionInterface('coordinator', 'update');
const DISCRIMINATOR_BYTES = 8;

/** The first fields of both instructions are the same: their bytes go on as they came, text that is no text included. */
function updateData(data: Uint8Array, count: number): Uint8Array {
  const end = endOfFields(UPDATE.args, count, data, DISCRIMINATOR_BYTES);
  return Uint8Array.from([...UPDATE.discriminator, ...data.subarray(DISCRIMINATOR_BYTES, end)]);
}
