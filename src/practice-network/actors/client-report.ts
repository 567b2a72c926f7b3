import type { ClientActivity } from '#core/practice/client-activity.ts';
import type { Address } from '#core/solana/address.ts';
import { errorText } from '../chain/error-text.ts';
import type { TransactionError } from '../runtime/execution-result.ts';
import { type Actor, isSilent, nameOf } from './plan-calls.ts';
import { IN_EPOCH } from './run-phase.ts';
import type { RunView } from './run-view.ts';

/** What the network would not take of a client. */
export type Refused = {
  readonly instruction: string;
  readonly error: TransactionError;
  /** Of the attempt; empty when no program got to run. */
  readonly logs: readonly string[];
};

/** A client as `practice_listClients` shows it. */
export type ClientReport = {
  readonly address: Address;
  readonly runId: string;
  readonly activity: ClientActivity;
  /** Why the network last refused what it sent, `null` when it did not. */
  readonly refusal: string | null;
  /** The same for programs. */
  readonly refused: Refused | null;
  readonly trainPercent: number;
  /** Points, which are native units of a rewarded run's token; zero for one the run does not know. */
  readonly earned: bigint;
};

/** A client's present place in its run. */
export function reportOn(actor: Actor, view: RunView | undefined, refused: Refused | undefined): ClientReport {
  const { record, key, wallet } = actor;
  const name = nameOf(wallet);
  const known = view?.state.clients_state.clients.find(({ id }) => nameOf(id.signer) === name);
  return {
    address: key.address,
    runId: record.runId,
    activity: activityOf(actor, view),
    refusal: refused === undefined ? null : `${refused.instruction}: ${errorText(refused.error)}`,
    refused:
      refused === undefined ? null : { instruction: refused.instruction, error: refused.error, logs: refused.logs },
    trainPercent: record.trainPercent,
    earned: known?.earned ?? 0n,
  };
}

/** Whether a client is one of those of the epoch under way. */
export function isInEpoch({ wallet }: Actor, view: RunView | undefined): boolean {
  const coordinator = view?.state.coordinator;
  if (coordinator === undefined || !IN_EPOCH.has(coordinator.run_state)) return false;
  return coordinator.epoch_state.clients.some(({ id }) => nameOf(id.signer) === nameOf(wallet));
}

function activityOf(actor: Actor, view: RunView | undefined): ClientActivity {
  if (view === undefined) return 'no-run';
  const { coordinator, clients_state: known } = view.state;
  const { record, wallet } = actor;
  if (isSilent(record, coordinator.progress.step)) return 'dropped-out';
  switch (coordinator.run_state) {
    case 'Uninitialized':
    case 'Paused':
    case 'Finished':
      return 'waiting';
    case 'WaitingForMembers': {
      if ((record.lastEpoch ?? Infinity) < coordinator.progress.epoch) return 'leaving';
      const client = known.clients.find(({ id }) => nameOf(id.signer) === nameOf(wallet));
      return client?.active === known.next_active ? 'joined' : 'joining';
    }
    case 'Warmup':
      return isInEpoch(actor, view) ? 'warming-up' : 'waiting';
    case 'RoundTrain':
      return isInEpoch(actor, view) ? 'training' : 'waiting';
    case 'RoundWitness':
      return isInEpoch(actor, view) ? 'witnessing' : 'waiting';
    case 'Cooldown':
      return isInEpoch(actor, view) ? 'cooling-down' : 'waiting';
  }
}
