import { readFileSync } from 'node:fs';
import type { RunModel } from '#core/config/config-types.ts';
import { decodeCoordinatorAccount, encodeCoordinatorAccount, fieldRange } from '#core/layouts/coordinator-account.ts';
import type { RunState } from '#core/layouts/generated/coordinator.ts';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import type { World } from './world.ts';

const CONFIGS = 'test/fixtures/psyche/vectors/configs';

/** Texts of configuration files by their names in the committed vectors. */
export const configText = (name: string): string => readFileSync(`${CONFIGS}/${name}.toml`, 'utf8');

export const GOOD_CONFIG = configText('ok-hub-gcp-cosine');

const STORED = { good: GOOD_CONFIG, broken: GOOD_CONFIG, other: configText('ok-server-adamw-linear') };
const EMPTY = decodeCoordinatorAccount(readFileSync('test/fixtures/psyche/fixtures/variant-0.bin'));
const REPOSITORY = 'example/atlas-\u{e9}';

/** Source: PROTOCOL.md §5.2, `run_state`. */
const STATE_NUMBERS: Readonly<Record<RunState, number>> = {
  Uninitialized: 0,
  WaitingForMembers: 1,
  Warmup: 2,
  RoundTrain: 3,
  RoundWitness: 4,
  Cooldown: 5,
  Finished: 6,
  Paused: 7,
};

const at = (path: string): number => fieldRange(`state.${path}`).start;
const PLACES = {
  state: at('coordinator.run_state'),
  pendingPause: at('coordinator.pending_pause'),
  step: at('coordinator.progress.step'),
  epoch: at('coordinator.progress.epoch'),
  earning: at('clients_state.future_epoch_rates.earning_rate_total_shared'),
  slashing: at('clients_state.future_epoch_rates.slashing_rate_per_client'),
  /** Of the first client. Source: PROTOCOL.md §5.2, `clients_state.clients`. */
  earned: at('clients_state.clients') + 72,
};

const wholes = new Map<string, Uint8Array>();

/**
 * Bytes of a run's account. What takes long is encoded once: configuration and lists; single numbers are written into a copy.
 *
 * @param user - the first client, when the run knows the user
 */
export function runBytes({ run }: World, runId: string, user: Address): Uint8Array {
  const key = [run.configuration, run.checkpoint, run.clients, run.inEpoch, run.earned !== undefined].join();
  const whole = wholes.get(key) ?? encodeWhole(run, runId, user);
  wholes.set(key, whole);
  const bytes = whole.slice();
  const view = new DataView(bytes.buffer);
  bytes[PLACES.state] = STATE_NUMBERS[run.state];
  bytes[PLACES.pendingPause] = run.pendingPause ? 1 : 0;
  view.setUint32(PLACES.step, run.step, true);
  view.setUint16(PLACES.epoch, run.epoch, true);
  view.setBigUint64(PLACES.earning, run.rates[0], true);
  view.setBigUint64(PLACES.slashing, run.rates[1], true);
  if (run.earned !== undefined && run.clients > 0) view.setBigUint64(PLACES.earned, run.earned, true);
  return bytes;
}

function encodeWhole(run: World['run'], runId: string, user: Address): Uint8Array {
  const account = structuredClone(EMPTY);
  const { coordinator, clients_state: people } = account.state;
  account.state.client_version = 'latest';
  coordinator.run_id = runId;
  if (run.configuration !== 'none') {
    const { config, model } = configurationOf(STORED[run.configuration]) ?? coordinator;
    const cooldown_time = run.configuration === 'broken' ? 0n : config.cooldown_time;
    Object.assign(coordinator, { config: { ...config, cooldown_time }, model: withCheckpoint(model, run.checkpoint) });
  } else coordinator.config = zeroed(coordinator.config);
  const ids = Array.from({ length: run.clients }, (_, index) => clientId(index, user));
  people.clients = ids
    .slice(run.earned === undefined ? 1 : 0)
    .map((id) => ({ id, _unused: new Uint8Array(8), earned: 1n, slashed: 0n, active: 0n }));
  coordinator.epoch_state.clients = ids.slice(0, run.inEpoch).map((id) => ({ id, state: 'Healthy', exited_height: 0 }));
  const bytes = encodeCoordinatorAccount(account);
  if (run.configuration !== 'none' && run.checkpoint === 'P2P, cut') cutText(bytes);
  return bytes;
}

/** Before the first update everything is 0. Source: PROTOCOL.md §4.1 `init_coordinator`. */
function zeroed<T extends Record<string, number | bigint>>(config: T): T {
  return Object.fromEntries(
    Object.entries(config).map(([field, value]) => [field, typeof value === 'bigint' ? 0n : 0]),
  ) as T;
}

function withCheckpoint(model: RunModel, kind: World['run']['checkpoint']): RunModel {
  switch (kind) {
    case 'Hub':
      return model;
    case 'P2P':
    case 'P2P, cut':
      return { LLM: { ...model.LLM, checkpoint: { P2P: { repo_id: REPOSITORY, revision: null } } } };
    case 'Hub, empty':
      return { LLM: { ...model.LLM, checkpoint: { Hub: { repo_id: '', revision: null } } } };
  }
}

/** As the program cuts a longer text: inside its last character. */
function cutText(bytes: Uint8Array): void {
  const text = Buffer.from(REPOSITORY);
  bytes[Buffer.from(bytes.buffer).indexOf(text) + text.length - 1] = 0;
}

function clientId(index: number, user: Address) {
  const signer = index === 0 ? addressToBytes(user) : new Uint8Array(32).fill(index);
  return { signer, p2p_identity: new Uint8Array(32).fill(index) };
}
