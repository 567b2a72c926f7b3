import { coordinatorFieldsReader } from '#core/layouts/coordinator-account.ts';
import type { RunState as RunStateName } from '#core/layouts/generated/coordinator.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { closeAccount } from '../../anchor/account-lifecycle.ts';
import { createAccountList } from '../../anchor/accounts.ts';
import { requireOther, requireThat, requireWritable } from '../../anchor/constraints.ts';
import type { ProgramContext } from '../../program.ts';
import { failInHandler } from '../coordinator-errors.ts';
import { isHaltedState } from '../state-machine/rounds.ts';
import { ACCOUNT, accountBytes, checkInstance, INSTANCE, takeRunAccounts } from '../run-accounts.ts';

/** Closes a halted run and sends its lamports to `spill`. Source: PROTOCOL §4.1. */
export function freeCoordinator(context: ProgramContext): void {
  const list = createAccountList(context);
  const authority = list.signer('authority');
  const spill = list.systemOwned('spill');
  const accounts = takeRunAccounts(list, context);
  const { instance, account } = accounts;
  requireWritable(context, 'spill', spill);
  checkInstance(context, accounts);
  requireWritable(context, INSTANCE, instance.info);
  requireThat(context, INSTANCE, addressFromBytes(instance.value.main_authority) === authority.address);
  requireOther(context, INSTANCE, instance.info, spill);
  requireWritable(context, ACCOUNT, account);
  requireThat(context, ACCOUNT, addressFromBytes(instance.value.coordinator_account) === account.address);
  requireOther(context, ACCOUNT, account, spill);
  const { state } = readState(accountBytes(account));
  if (!isHaltedState(state as RunStateName)) failInHandler(context, 'free_coordinator', 'CloseCoordinatorNotHalted');
  closeAccount(instance.info, spill);
  closeAccount(account, spill);
}

const readState = coordinatorFieldsReader({ state: 'state.coordinator.run_state' });
