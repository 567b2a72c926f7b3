import { sha256 } from '@noble/hashes/sha2.js';
import type { Bloom, EpochClient, NodeIdentity, Round } from '#core/layouts/generated/coordinator.ts';
import { MAX_CLIENTS, MAX_WITNESSES, STORED_ROUNDS } from '#core/layouts/programs.ts';
import type { NetworkKey } from '../genesis/derive-key.ts';
import { bloomContains, createBloom } from './bloom-filter.ts';
import {
  checkpointCall,
  type ClientCall,
  healthCall,
  joinCall,
  TICK,
  warmupCall,
  witnessCall,
} from './client-calls.ts';
import type { ClientRecord } from './client-record.ts';
import { committeePositions } from './committee-positions.ts';
import type { RunView } from './run-view.ts';

/** A simulated client at work. */
export type Actor = {
  readonly record: ClientRecord;
  readonly key: NetworkKey;
  /** Its address, 32 bytes. */
  readonly wallet: Uint8Array;
};

/** What the clients of a run have to send now, and when they will next have something to send. */
export type Plan = {
  readonly calls: readonly { readonly actor: Actor; readonly call: ClientCall }[];
  /** Unix seconds of the cluster's clock; `undefined` while only somebody else can move the run. */
  readonly dueAt: bigint | undefined;
};

/** A run at a moment, and who of its clients does what in it. */
type Scene = {
  readonly state: RunView['state'];
  readonly awake: readonly Actor[];
  /** Sends the ticks. */
  readonly leader: Actor;
  readonly silent: ReadonlySet<string>;
  readonly now: bigint;
};

const NOTHING: Plan = { calls: [], dueAt: undefined };

/**
 * What a run's clients do, from the run's own state and the clock alone. Everybody who has to report does so when its
 * work is done; one of them sends the ticks.
 *
 * @param actors - those of the run that may act now
 * @param savedEpoch - the epoch whose model was saved last
 */
export function planCalls(
  { state }: Pick<RunView, 'state'>,
  actors: readonly Actor[],
  { now, savedEpoch }: { now: bigint; savedEpoch: number | undefined },
): Plan {
  const { step } = state.coordinator.progress;
  const awake = actors.filter((actor) => !isSilent(actor.record, step));
  const [leader] = awake;
  if (leader === undefined) return NOTHING;
  const silent = new Set(actors.filter((actor) => isSilent(actor.record, step)).map(({ wallet }) => nameOf(wallet)));
  const scene: Scene = { state, awake, leader, silent, now };
  switch (state.coordinator.run_state) {
    case 'Uninitialized':
    case 'Finished':
    case 'Paused':
      return NOTHING;
    case 'WaitingForMembers':
      return planWaiting(scene);
    case 'Warmup':
      return planWarmup(scene);
    case 'RoundTrain':
    case 'RoundWitness':
      return planRound(scene);
    case 'Cooldown':
      return planCooldown(scene, savedEpoch);
  }
}

/** Whether a client has fallen silent by this step of its run. */
export function isSilent({ silentFromStep }: ClientRecord, step: number): boolean {
  return silentFromStep !== undefined && step >= silentFromStep;
}

/** A wallet as a key of maps; base58 would cost more than everything else here. */
export function nameOf(wallet: NodeIdentity['signer']): string {
  return Buffer.from(wallet.buffer, wallet.byteOffset, wallet.byteLength).toString('latin1');
}

function planWaiting(scene: Scene): Plan {
  const { coordinator, clients_state: known } = scene.state;
  const { config, progress } = coordinator;
  const joined = new Set(
    known.clients.filter(({ active }) => active === known.next_active).map(({ id }) => nameOf(id.signer)),
  );
  const joining = scene.awake.filter(
    ({ record, wallet }) => (record.lastEpoch ?? progress.epoch) >= progress.epoch && !joined.has(nameOf(wallet)),
  );
  if (joining.length > 0) {
    return { calls: joining.map((actor) => ({ actor, call: joinCall(actor.wallet) })), dueAt: scene.now };
  }
  if (joined.size < config.init_min_clients) return NOTHING;
  return planTick(scene, BigInt(config.waiting_for_members_extra_time));
}

function planWarmup(scene: Scene): Plan {
  const { config, epoch_state: epoch, progress } = scene.state.coordinator;
  const round = epoch.rounds[epoch.rounds_head];
  if (round === undefined) return NOTHING;
  const wanted = config.witness_nodes || Math.min(epoch.clients.length, MAX_WITNESSES);
  const missing = Math.max(0, wanted - round.witnesses.length);
  const reporters = reportersOf(scene, round, config.warmup_time).slice(0, missing);
  const filter = once(() => filterOf(scene, `warm-up ${progress.epoch}`));
  const call = ({ index }: Reporter) => warmupCall(index, filter());
  return planReports(scene, reporters, call, config.warmup_time);
}

function planRound(scene: Scene): Plan {
  const { config, epoch_state: epoch, progress, run_state: name } = scene.state.coordinator;
  const round = epoch.rounds[epoch.rounds_head];
  if (round === undefined) return NOTHING;
  const checks = healthChecks(scene, round);
  if (checks.length > 0) return { calls: checks, dueAt: scene.now };
  const positions = committeePositions(round.random_seed, 'witness', round.clients_len);
  const limit = config.witness_nodes || MAX_WITNESSES;
  const reporters = reportersOf(scene, round, config.max_round_train_time).filter(
    ({ index }) => (positions[index] ?? MAX_CLIENTS) < limit,
  );
  const filter = once(() => filterOf(scene, `round ${round.random_seed}`));
  const call = ({ index }: Reporter) =>
    witnessCall(round, { position: positions[index] ?? 0, index }, progress.step, filter());
  return planReports(
    scene,
    reporters,
    call,
    name === 'RoundTrain' ? config.max_round_train_time : config.round_witness_time,
  );
}

function planCooldown(scene: Scene, savedEpoch: number | undefined): Plan {
  const { config, epoch_state: epoch, model, progress } = scene.state.coordinator;
  const members = new Set(epoch.clients.map(({ id }) => nameOf(id.signer)));
  const actor = scene.awake.find(({ wallet }) => members.has(nameOf(wallet)));
  const call = savedEpoch === progress.epoch ? undefined : checkpointCall(model.LLM.checkpoint, progress.step);
  if (actor !== undefined && call !== undefined) return { calls: [{ actor, call }], dueAt: scene.now };
  return planTick(scene, config.cooldown_time);
}

/** A tick once the present state has lasted this many seconds; one must pass in any case. Source: PROTOCOL §8, `timeout`. */
function planTick({ state, leader, now }: Scene, seconds: bigint): Plan {
  const dueAt = state.coordinator.run_state_start_unix_timestamp + (seconds > 0n ? seconds : 1n);
  return { calls: now >= dueAt ? [{ actor: leader, call: TICK }] : [], dueAt };
}

type Reporter = { readonly actor: Actor; readonly index: number; readonly readyAt: bigint };

/** Healthy clients of the epoch that have not reported yet, with the time at which their work is done. */
function reportersOf({ state, awake }: Scene, round: Round, secondsAllowed: bigint): Reporter[] {
  const { epoch_state: epoch, run_state_start_unix_timestamp: start, run_state: name } = state.coordinator;
  const reported = new Set(round.witnesses.map(({ proof }) => Number(proof.index)));
  const places = new Map(epoch.clients.map(({ id }, index) => [nameOf(id.signer), index]));
  return awake.flatMap((actor) => {
    const index = places.get(nameOf(actor.wallet));
    if (index === undefined || reported.has(index) || epoch.clients[index]?.state !== 'Healthy') return [];
    // When the time for training is over, whoever was still at it reports at once.
    const work = name === 'RoundWitness' ? 0n : (secondsAllowed * BigInt(actor.record.trainPercent)) / 100n;
    return [{ actor, index, readyAt: start + work }];
  });
}

/** Those whose work is done report; without any, the next thing is a tick or the next report, whichever is sooner. */
function planReports(
  scene: Scene,
  reporters: readonly Reporter[],
  callFor: (reporter: Reporter) => ClientCall,
  seconds: bigint,
): Plan {
  const ready = reporters.filter(({ readyAt }) => readyAt <= scene.now);
  if (ready.length > 0) {
    return { calls: ready.map((reporter) => ({ actor: reporter.actor, call: callFor(reporter) })), dueAt: scene.now };
  }
  const tick = planTick(scene, seconds);
  const dueAt = reporters.reduce(
    (soonest, { readyAt }) => (soonest === undefined || readyAt < soonest ? readyAt : soonest),
    tick.dueAt,
  );
  return { calls: tick.calls, dueAt };
}

/**
 * Reports trainers whom no witness of the round before has seen. Committees with verifiers are left alone: the program
 * has no check for them. Source: PROTOCOL §4.1, health_check.
 */
function healthChecks({ state, awake }: Scene, round: Round): Plan['calls'] {
  const { config, epoch_state: epoch, run_state: name } = state.coordinator;
  const before = epoch.rounds[(epoch.rounds_head + STORED_ROUNDS - 1) % STORED_ROUNDS];
  const members = new Set(epoch.clients.map(({ id }) => nameOf(id.signer)));
  const actor = awake.find(({ wallet }) => members.has(nameOf(wallet)));
  const isPossible = name === 'RoundTrain' && round.height >= 2 && config.verification_percent === 0;
  if (!isPossible || actor === undefined || before === undefined || before.witnesses.length === 0) return [];
  const unseen = epoch.clients.flatMap(({ id, state: health }, index) =>
    health === 'Healthy' && index < before.clients_len && !isSeen(before, id) ? [{ id, index }] : [],
  );
  if (unseen.length === 0) return [];
  const positions = committeePositions(before.random_seed, 'committee', before.clients_len);
  return unseen.map(({ id, index }) => {
    const call = healthCall(id, { position: positions[index] ?? 0, index });
    return { actor, call };
  });
}

function isSeen({ witnesses }: Round, { signer }: NodeIdentity): boolean {
  const hash = sha256(signer);
  return witnesses.some(({ participant_bloom: filter }) => bloomContains(filter, hash));
}

/** Everybody in the epoch but those of ours that are silent: of other people's clients the best is assumed. */
function filterOf({ state, silent }: Scene, seed: string): Bloom {
  const seen = state.coordinator.epoch_state.clients.filter(
    (client: EpochClient) => !silent.has(nameOf(client.id.signer)),
  );
  return createBloom(
    sha256(new TextEncoder().encode(seed)),
    seen.map(({ id }) => sha256(id.signer)),
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
