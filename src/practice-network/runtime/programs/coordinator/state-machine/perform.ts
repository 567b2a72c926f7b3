import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { draftOf, type RunState } from './draft.ts';
import type { Moment } from './moment.ts';

/**
 * Runs one operation on a copy of the account and counts the nonce up, as every instruction but `update_client_version` does.
 *
 * @throws RunRefusal, ProgramPanic what the operation throws; the account given stays as it was
 */
export function perform(
  account: CoordinatorAccount,
  moment: Moment,
  operation: (state: RunState, moment: Moment) => void,
): CoordinatorAccount {
  const draft = draftOf(account);
  draft.nonce += 1n;
  moment.log(`Nonce: ${draft.nonce}`);
  operation(draft.state, moment);
  return draft;
}
