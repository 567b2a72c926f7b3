import {
  COORDINATOR_ACCOUNT_SIZE,
  COORDINATOR_ACCOUNT_VERSION,
  coordinatorFieldsReader,
} from '#core/layouts/coordinator-account.ts';
import type { CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';
import { PDA_SEEDS } from '#core/layouts/programs.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { ProgramPanic } from '../../instruction-failure.ts';
import type { createAccountList, TypedAccount } from '../anchor/accounts.ts';
import { requireSeeds, requireThat, requireWritable } from '../anchor/constraints.ts';
import type { ProgramContext, WorkingAccount } from '../program.ts';

type AccountList = ReturnType<typeof createAccountList>;

/** The two accounts of a run, as an instruction lists them one after the other. */
export type RunAccounts = {
  readonly instance: TypedAccount<CoordinatorInstance>;
  readonly account: WorkingAccount;
};

export const INSTANCE = 'coordinator_instance';
export const ACCOUNT = 'coordinator_account';

/** Takes both from the list: 3012, 3007, 3002. */
export function takeRunAccounts(list: AccountList, { programId }: ProgramContext): RunAccounts {
  return {
    instance: list.borsh<CoordinatorInstance>(INSTANCE, 'coordinator', 'CoordinatorInstance', programId),
    account: list.zeroCopy(ACCOUNT, 'coordinator', 'CoordinatorAccount', programId),
  };
}

/** The instance is where its stored run id and bump put it: 2006. */
export function checkInstance(context: ProgramContext, { instance: { info, value } }: RunAccounts): void {
  requireSeeds(context, INSTANCE, info, [...instanceSeeds(value.run_id), Uint8Array.of(value.bump)]);
}

/** Writable, the one stored in the instance, of the present version: 2000, 2003. */
export function checkAccount(context: ProgramContext, { instance, account }: RunAccounts): void {
  requireWritable(context, ACCOUNT, account);
  requireThat(context, ACCOUNT, addressFromBytes(instance.value.coordinator_account) === account.address);
  requirePresentVersion(context, account);
}

/** The big account has the layout of the present program: 2003. */
export function requirePresentVersion(context: ProgramContext, account: WorkingAccount): void {
  requireThat(context, ACCOUNT, readVersion(accountBytes(account)).version === COORDINATOR_ACCOUNT_VERSION);
}

/**
 * The struct's bytes, discriminator included; what a longer account has behind them is not the program's business.
 *
 * @throws ProgramPanic for a shorter account: the program slices past its end
 */
export function accountBytes({ data }: WorkingAccount): Uint8Array {
  if (data.length < COORDINATOR_ACCOUNT_SIZE) {
    throw new ProgramPanic(
      `range end index ${COORDINATOR_ACCOUNT_SIZE} out of range for slice of length ${data.length}`,
    );
  }
  return data.subarray(0, COORDINATOR_ACCOUNT_SIZE);
}

/** Seeds of an instance without the bump. The run id is cut to 64 bytes, wherever that is in a character. */
export function instanceSeeds(runId: string): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  return [encoder.encode(PDA_SEEDS.coordinatorInstance), encoder.encode(runId).subarray(0, RUN_ID_CUT_BYTES)];
}

/** Source: PROTOCOL §2. */
const RUN_ID_CUT_BYTES = 64;

const readVersion = coordinatorFieldsReader({ version: 'version' });
