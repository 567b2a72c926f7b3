import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { CoordinatorAccount, CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import { CLIENT_VERSION_MAX_BYTES, JOIN_SCOPE } from '#core/layouts/programs.ts';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { ProgramPanic } from '../../../instruction-failure.ts';
import { createAccountList } from '../../anchor/accounts.ts';
import { requireThat } from '../../anchor/constraints.ts';
import { isValidFor } from '../../authorizer/authorization.ts';
import type { ProgramContext, WorkingAccount } from '../../program.ts';
import { failInHandler } from '../coordinator-errors.ts';
import { patchedAccount } from '../patch-account.ts';
import { accountBytes, checkAccount, checkInstance, INSTANCE, takeRunAccounts } from '../run-accounts.ts';
import { type RunInstruction, runOperations } from '../run-call.ts';
import { draftOf } from '../state-machine/draft.ts';
import type { Moment } from '../state-machine/moment.ts';
import { perform } from '../state-machine/perform.ts';
import { isHalted } from '../state-machine/rounds.ts';
import { RunRefusal } from '../state-machine/run-refusal.ts';

/** Instructions that only the main authority may send. */
type OwnerInstruction = 'update' | 'set_future_epoch_rates' | 'set_paused';

/** Instructions that anybody may send. */
type OpenInstruction = 'tick' | 'witness' | 'warmup_witness' | 'health_check' | 'checkpoint';

/** A handler for an instruction of the main authority. */
export function ownerHandler<N extends OwnerInstruction>(name: N) {
  return (context: ProgramContext, args: CoordinatorInstructions[N]): void => {
    const { authority, account } = takeOwnedRun(context);
    change(context, name, account, authority, args);
  };
}

/** A handler for an instruction anybody may send. */
export function openHandler<N extends OpenInstruction>(name: N) {
  return (context: ProgramContext, args: CoordinatorInstructions[N]): void => {
    const list = createAccountList(context);
    const user = list.signer('user');
    const accounts = takeRunAccounts(list, context);
    checkInstance(context, accounts);
    checkAccount(context, accounts);
    change(context, name, accounts.account, user.address, args);
  };
}

/** A handler for `join_run`, which needs an authorization of the join authority. Source: PROTOCOL §4.1. */
export function joinHandler(authorizer: Address) {
  return (context: ProgramContext, args: CoordinatorInstructions['join_run']): void => {
    const list = createAccountList(context);
    const user = list.signer('user');
    const authorization = list.borsh<Authorization>('authorization', 'authorizer', 'Authorization', authorizer);
    const accounts = takeRunAccounts(list, context);
    const grantor = addressFromBytes(accounts.instance.value.join_authority);
    requireThat(context, 'authorization', isValidFor(authorization.value, grantor, user.address, JOIN_SCOPE_BYTES));
    checkInstance(context, accounts);
    checkAccount(context, accounts);
    if (addressFromBytes(args.params.client_id.signer) !== user.address) {
      failInHandler(context, 'join_run', 'SignerMismatch');
    }
    change(context, 'join_run', accounts.account, user.address, args);
  };
}

const JOIN_SCOPE_BYTES = new TextEncoder().encode(JOIN_SCOPE);

/** Sets the version participants run; the only change that leaves the nonce alone. Source: PROTOCOL §4.1. */
export function updateClientVersion(
  context: ProgramContext,
  { new_version: version }: CoordinatorInstructions['update_client_version'],
): void {
  const { account } = takeOwnedRun(context);
  const before = decodeCoordinatorAccount(accountBytes(account));
  if (!isHalted(before.state)) failInHandler(context, 'update_client_version', 'UpdateConfigNotHalted');
  if (new TextEncoder().encode(version).length > CLIENT_VERSION_MAX_BYTES) {
    throw new ProgramPanic('called `Result::unwrap()` on an `Err` value');
  }
  const after = draftOf(before);
  after.state.client_version = version;
  context.log(`new version: ${version}`);
  store(account, before, after);
}

function takeOwnedRun(context: ProgramContext): { authority: Address; account: WorkingAccount } {
  const list = createAccountList(context);
  const authority = list.signer('authority');
  const accounts = takeRunAccounts(list, context);
  checkInstance(context, accounts);
  const owner = addressFromBytes(accounts.instance.value.main_authority);
  requireThat(context, INSTANCE, owner === authority.address);
  checkAccount(context, accounts);
  return { authority: authority.address, account: accounts.account };
}

function change<N extends RunInstruction>(
  context: ProgramContext,
  name: N,
  account: WorkingAccount,
  signer: Address,
  args: CoordinatorInstructions[N],
): void {
  const before = decodeCoordinatorAccount(accountBytes(account));
  const moment: Moment = { ...context.clock, log: context.log };
  const wallet = addressToBytes(signer);
  try {
    const after = perform(before, moment, (state) => runOperations[name](state, args, wallet, moment));
    store(account, before, after);
  } catch (error) {
    if (error instanceof RunRefusal) failInHandler(context, name, error.errorName);
    throw error;
  }
}

function store(account: WorkingAccount, before: CoordinatorAccount, after: CoordinatorAccount): void {
  account.data = patchedAccount(account.data, before, after);
}
