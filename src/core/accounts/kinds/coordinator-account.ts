import {
  COORDINATOR_ACCOUNT_DISCRIMINATOR,
  coordinatorFieldTree,
  readCoordinatorOverview,
} from '#core/layouts/coordinator-account.ts';
import {
  isUnversionedCoordinatorAccount,
  readUnversionedLabel,
} from '#core/layouts/unversioned-coordinator-account.ts';
import { startsWith } from '#core/codec/program-interface.ts';
import type { AccountDescription, AccountKind } from '../account-kind.ts';
import { quoted, textLine } from '../summary.ts';

/** The account that holds the whole state of a run. Source: PROTOCOL §5.2. */
export const coordinatorAccount: AccountKind = {
  name: 'coordinator-account',

  recognise: ({ owner, data }, programIds) =>
    owner === programIds.coordinator && startsWith(data, COORDINATOR_ACCOUNT_DISCRIMINATOR),

  decode: (data) => coordinatorFieldTree(data).children ?? [],

  describe(data) {
    if (isUnversionedCoordinatorAccount(data)) return describeUnversioned(data);
    const run = readCoordinatorOverview(data);
    return {
      title: `State of run ${quoted(run.run_id)}`,
      summary: [
        textLine('Run id', run.run_id),
        textLine('Name', run.name),
        textLine('State', run.pending_pause ? `${run.run_state}, pause pending` : run.run_state),
        textLine('Epoch', run.epoch),
        textLine('Step', `${run.step} of ${run.total_steps}`),
        textLine('Clients in this epoch', run.epoch_clients),
        textLine('Known clients', run.known_clients),
        textLine('Client version', run.client_version),
        textLine('Nonce', run.nonce),
      ],
    };
  },
};

function describeUnversioned(data: Uint8Array): AccountDescription {
  const label = readUnversionedLabel(data);
  return {
    title: `State of run ${quoted(label.run_id)}, created by an older program`,
    summary: [
      textLine('Layout', 'Unversioned, not supported: only this label can be read'),
      textLine('Run id', label.run_id),
      textLine('Name', label.name),
      textLine('Description', label.description),
      textLine('Nonce', label.nonce),
    ],
  };
}
