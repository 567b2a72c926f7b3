import { checkDiscriminator } from '#core/codec/account-codec.ts';
import { sourceOf } from '#core/codec/leaf.ts';
import { accountInterface } from '#core/codec/program-interface.ts';
import { createZeroCopyCodec } from '#core/codec/zero-copy.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { CoordinatorAccount, RunState } from './generated/coordinator.ts';

/** Bytes of the account this app reads. Source: PROTOCOL §5.2. */
export const COORDINATOR_ACCOUNT_SIZE = 119_160;

/** The only layout version this app reads. Source: PROTOCOL §5.2. */
export const COORDINATOR_ACCOUNT_VERSION = 1n;

/** Bytes of the discriminator before the struct. */
const DISCRIMINATOR_BYTES = 8;

/**
 * Where memory differs from `repr(C)`: two enums with a one-byte tag, and two structs that the compiler reorders.
 * Source: PROTOCOL §5.3, confirmed on bytes written on chain (§15).
 */
const EXCEPTIONS = {
  tagSizes: { RunState: 1, ClientState: 1 },
  fieldOrders: { HubRepo: ['revision', 'repo_id'], GcsRepo: ['prefix', 'bucket'] },
};

const { discriminator, shape } = accountInterface('coordinator', 'CoordinatorAccount');
const codec = createZeroCopyCodec(shape, DISCRIMINATOR_BYTES, EXCEPTIONS);

/** The memory layout, offsets counted from byte 8. */
export const coordinatorLayout = codec.root;

/** The first eight bytes of the account. */
export const COORDINATOR_ACCOUNT_DISCRIMINATOR: Uint8Array = discriminator;

/** What lists and headers show of a run, without its clients and rounds. Times in seconds, rates in native units. */
export type CoordinatorOverview = {
  readonly version: bigint;
  readonly run_id: string;
  readonly name: string;
  readonly description: string;
  readonly run_state: RunState;
  readonly epoch: number;
  readonly step: number;
  readonly total_steps: number;
  readonly run_state_start_unix_timestamp: bigint;
  readonly pending_pause: boolean;
  readonly epoch_clients: bigint;
  readonly exited_clients: bigint;
  readonly known_clients: bigint;
  readonly next_active: bigint;
  readonly current_earning_rate: bigint;
  readonly current_slashing_rate: bigint;
  readonly future_earning_rate: bigint;
  readonly future_slashing_rate: bigint;
  readonly client_version: string;
  readonly nonce: bigint;
};

const OVERVIEW_PATHS: Readonly<Record<keyof CoordinatorOverview, string>> = {
  version: 'version',
  run_id: 'state.coordinator.run_id',
  name: 'state.metadata.name',
  description: 'state.metadata.description',
  run_state: 'state.coordinator.run_state',
  epoch: 'state.coordinator.progress.epoch',
  step: 'state.coordinator.progress.step',
  total_steps: 'state.coordinator.config.total_steps',
  run_state_start_unix_timestamp: 'state.coordinator.run_state_start_unix_timestamp',
  pending_pause: 'state.coordinator.pending_pause',
  epoch_clients: 'state.coordinator.epoch_state.clients.length',
  exited_clients: 'state.coordinator.epoch_state.exited_clients.length',
  known_clients: 'state.clients_state.clients.length',
  next_active: 'state.clients_state.next_active',
  current_earning_rate: 'state.clients_state.current_epoch_rates.earning_rate_total_shared',
  current_slashing_rate: 'state.clients_state.current_epoch_rates.slashing_rate_per_client',
  future_earning_rate: 'state.clients_state.future_epoch_rates.earning_rate_total_shared',
  future_slashing_rate: 'state.clients_state.future_epoch_rates.slashing_rate_per_client',
  client_version: 'state.client_version',
  nonce: 'nonce',
};

const readOverviewFields = codec.fieldsReader(OVERVIEW_PATHS);

/**
 * Reads the whole account. Keys and hashes are views of one private copy of `bytes`.
 *
 * @throws AppError `account/size`, `account/discriminator`, `account/version`, then `codec/…` for what does not fit
 */
export function decodeCoordinatorAccount(bytes: Uint8Array): CoordinatorAccount {
  checkCoordinatorAccount(bytes);
  return codec.decode(bytes) as CoordinatorAccount;
}

/**
 * Writes the whole account into zeroed bytes; what no active field covers is zero.
 *
 * @throws AppError `codec/…` for what does not fit
 */
export function encodeCoordinatorAccount(account: CoordinatorAccount): Uint8Array {
  return codec.encode(account, discriminator);
}

/**
 * Reads the fields that lists and headers show, nothing else.
 *
 * @throws AppError `account/size`, `account/discriminator`, `account/version`, `codec/…`
 */
export function readCoordinatorOverview(bytes: Uint8Array): CoordinatorOverview {
  checkCoordinatorAccount(bytes);
  return readOverviewFields(bytes) as CoordinatorOverview;
}

/**
 * The fields with their byte ranges, opened lazily.
 *
 * @throws AppError `account/size`, `account/discriminator`, `account/version`
 */
export function coordinatorFieldTree(bytes: Uint8Array): FieldNode {
  checkCoordinatorAccount(bytes);
  return codec.tree(bytes);
}

/**
 * First byte of a field and first byte after it, for reading a slice of the account.
 *
 * @param path - such as `state.coordinator.epoch_state.clients.length`
 * @throws AppError `codec/unknown-path`
 */
export function fieldRange(path: string): { start: number; end: number } {
  return codec.range(path);
}

/**
 * Compiles a reader of a few fields that also works on a slice of the account: `reader(slice, sliceStart)`.
 *
 * @throws AppError `codec/unknown-path`; from the reader `codec/too-short` when the slice does not hold a field
 */
export const coordinatorFieldsReader = codec.fieldsReader;

/**
 * Size, discriminator, version, in the order of the programs' own reader (PROTOCOL §5.5).
 *
 * @throws AppError `account/size`, `account/discriminator`, `account/version`
 */
export function checkCoordinatorAccount(bytes: Uint8Array): void {
  if (bytes.length !== COORDINATOR_ACCOUNT_SIZE) {
    throw new AppError('account/size', { expected: COORDINATOR_ACCOUNT_SIZE, actual: bytes.length });
  }
  checkDiscriminator(discriminator, bytes);
  const version = sourceOf(bytes).view.getBigUint64(DISCRIMINATOR_BYTES, true);
  if (version !== COORDINATOR_ACCOUNT_VERSION) {
    throw new AppError('account/version', { expected: '1', actual: version.toString() });
  }
}
