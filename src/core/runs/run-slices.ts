import { AppError, isAppError } from '#core/errors/app-error.ts';
import { checkDiscriminator } from '#core/codec/account-codec.ts';
import {
  COORDINATOR_ACCOUNT_DISCRIMINATOR,
  COORDINATOR_ACCOUNT_SIZE,
  COORDINATOR_ACCOUNT_VERSION,
  coordinatorFieldsReader,
  fieldRange,
} from '#core/layouts/coordinator-account.ts';
import type { Account, DataSlice } from '#core/ports.ts';
import type { RunRow } from './run-row.ts';

type Reading = RunRow['reading'];

/**
 * The parts of a coordinator account that a row of the list needs: about 420 of 119,160 bytes, in few pieces because each
 * is a request of its own.
 */
const SLICES = [
  slice(0, 'state.metadata.name', { version: 'version', name: 'state.metadata.name' }),
  slice('state.coordinator.run_state', 'state.coordinator.run_state', { run_state: 'state.coordinator.run_state' }),
  slice('state.coordinator.config.total_steps', 'state.coordinator.progress.step', {
    total_steps: 'state.coordinator.config.total_steps',
    epoch: 'state.coordinator.progress.epoch',
    step: 'state.coordinator.progress.step',
  }),
  slice('state.coordinator.epoch_state.clients.length', 'state.coordinator.epoch_state.clients.length', {
    epoch_clients: 'state.coordinator.epoch_state.clients.length',
  }),
  slice('state.coordinator.pending_pause', 'state.coordinator.pending_pause', {
    pending_pause: 'state.coordinator.pending_pause',
  }),
  slice('state.clients_state.clients.length', 'state.client_version', {
    known_clients: 'state.clients_state.clients.length',
    client_version: 'state.client_version',
  }),
] as const;

/** What to read of every coordinator account in the list, in the order {@link readRunSlices} takes the answers. */
export const RUN_SLICES: readonly DataSlice[] = SLICES.map(({ range }) => range);

/**
 * The row of a run from the slices of its account; what cannot be read says why.
 *
 * @param slices - one answer for each of {@link RUN_SLICES}; `undefined` where the account does not exist
 */
export function readRunSlices(slices: readonly (Account | undefined)[]): Reading {
  try {
    const values: Record<string, unknown> = {};
    for (const [index, { range, read }] of SLICES.entries()) {
      const account = slices[index];
      if (!account) return unreadable('run/closed', {}, 'closed');
      checkSize(account);
      if (range.offset === 0) checkDiscriminator(COORDINATOR_ACCOUNT_DISCRIMINATOR, account.data);
      Object.assign(values, read(account.data, range.offset));
      if (range.offset === 0) checkVersion(values['version']);
    }
    return reading(values);
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return unreadable(cause.code, cause.params, cause.code === 'account/size' ? 'another size' : 'another version');
  }
}

function reading(values: Readonly<Record<string, unknown>>): Reading {
  return {
    kind: 'ok',
    name: String(values['name']),
    state: String(values['run_state']),
    pendingPause: values['pending_pause'] === true,
    epoch: Number(values['epoch']),
    step: Number(values['step']),
    totalSteps: Number(values['total_steps']),
    epochClients: Number(values['epoch_clients']),
    knownClients: Number(values['known_clients']),
    clientVersion: String(values['client_version']),
  };
}

function unreadable(code: string, params: Readonly<Record<string, unknown>>, label: string): Reading {
  return { kind: 'unreadable', code, params, label };
}

function checkSize({ space }: Account): void {
  if (space === COORDINATOR_ACCOUNT_SIZE) return;
  throw new AppError('account/size', { expected: COORDINATOR_ACCOUNT_SIZE, actual: space });
}

function checkVersion(version: unknown): void {
  if (version === COORDINATOR_ACCOUNT_VERSION) return;
  throw new AppError('account/version', {
    expected: COORDINATOR_ACCOUNT_VERSION.toString(),
    actual: String(version),
  });
}

/** From the first byte of one field to the last of another, and a reader of some fields between. */
function slice(from: string | 0, to: string, paths: Readonly<Record<string, string>>) {
  const offset = from === 0 ? 0 : fieldRange(from).start;
  const range: DataSlice = { offset, length: fieldRange(to).end - offset };
  return { range, read: coordinatorFieldsReader(paths) };
}
