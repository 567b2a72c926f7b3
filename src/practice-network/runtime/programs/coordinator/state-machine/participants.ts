import { sha256 } from '@noble/hashes/sha2.js';
import type { Checkpoint, EpochClient, NodeIdentity, RunClient, Witness } from '#core/layouts/generated/coordinator.ts';
import { MAX_CLIENTS, MAX_WITNESSES } from '#core/layouts/programs.ts';
import { ProgramPanic } from '../../../instruction-failure.ts';
import { mayContain } from './bloom.ts';
import { type CommitteeProof, selectCommittees } from './committee-selection.ts';
import type { RunState } from './draft.ts';
import { areEqualBytes, isSameSigner, shortName } from './identity.ts';
import type { Moment } from './moment.ts';
import { changeState, currentRound, isHalted, previousRound, setWitnesses, startRound } from './rounds.ts';
import { RunRefusal } from './run-refusal.ts';
import { runStateText } from './run-state-text.ts';
import { replaceCheckpoint } from './tick-run.ts';
import { tick } from './tick.ts';
import { witnessQuorum } from './witness-quorum.ts';

/**
 * Joins for the next epoch, in any state. Source: PROTOCOL §4.1, join_run.
 *
 * @throws RunRefusal 6022, 6003
 */
export function joinRun(state: RunState, id: NodeIdentity, moment: Moment): void {
  const { coordinator, clients_state: clientsState } = state;
  const { clients, next_active: active } = clientsState;
  const at = clients.findIndex((client) => isSameSigner(client.id, id));
  const known = clients[at];
  if (known !== undefined) {
    clientsState.clients = clients.with(at, { ...known, id, active });
    moment.log(`Existing client ${shortName(id)} re-joined`);
  } else {
    if (clients.length === coordinator.config.global_batch_size_end) throw new RunRefusal('MoreClientsThanBatches');
    if (clients.length === MAX_CLIENTS) throw new RunRefusal('ClientsFull');
    const client: RunClient = { id, _unused: new Uint8Array(8), earned: 0n, slashed: 0n, active };
    clientsState.clients = [...clients, client];
    moment.log(`New client ${shortName(id)} joined, ${clientsState.clients.length} total clients`);
  }
  if (!isHalted(state)) tick(state, moment);
}

/**
 * Reports on a round. Source: PROTOCOL §4.1 and §8, witness.
 *
 * @throws RunRefusal 6007, 6015, 6012, 6020, 6011, 6013, 6017
 */
export function witness(state: RunState, signer: Uint8Array, report: Witness, moment: Moment): void {
  const { coordinator } = state;
  const id = findKnown(state, signer);
  if (isHalted(state)) throw new RunRefusal('CoordinatorErrorHalted');
  const isTraining = coordinator.run_state === 'RoundTrain';
  if (!isTraining && coordinator.run_state !== 'RoundWitness') throw new RunRefusal('CoordinatorErrorInvalidRunState');
  const selection = selectCommittees(currentRound(state), coordinator.config);
  const { proof } = report;
  const sender = coordinator.epoch_state.clients[Number(proof.index)];
  const isSender = sender !== undefined && isSameSigner(sender.id, id);
  if (!isSender || !selection.isWitnessProofValid(proof) || !proof.witness) {
    throw new RunRefusal('CoordinatorErrorInvalidWitness');
  }
  const count = addWitness(state, id, report);
  if (count === wantedWitnesses(state) && isTraining) changeState(state, 'RoundWitness', moment);
  tick(state, moment);
}

/**
 * Reports to be ready during warm-up; late ones are ignored. Nobody checks the proof. Source: PROTOCOL §4.1 and §8.
 *
 * @throws RunRefusal 6007, 6015, 6012, 6013, 6017
 */
export function warmupWitness(state: RunState, signer: Uint8Array, report: Witness, moment: Moment): void {
  const { coordinator } = state;
  const id = findKnown(state, signer);
  if (isHalted(state)) throw new RunRefusal('CoordinatorErrorHalted');
  if (coordinator.run_state !== 'RoundTrain') {
    if (coordinator.run_state !== 'Warmup') throw new RunRefusal('CoordinatorErrorInvalidRunState');
    if (addWitness(state, id, report) === wantedWitnesses(state)) startRound(state, moment);
  }
  tick(state, moment);
}

/**
 * Reports a client that did not do its work. Source: PROTOCOL §4.1, health_check.
 *
 * @throws RunRefusal 6007, 6015, 6014, 6010, 6021, 6020
 * @throws ProgramPanic for a verifier or tie breaker: the program has nothing for them
 */
export function healthCheck(
  state: RunState,
  signer: Uint8Array,
  target: NodeIdentity,
  proof: CommitteeProof,
  moment: Moment,
): void {
  findKnown(state, signer);
  if (isHalted(state)) throw new RunRefusal('CoordinatorErrorHalted');
  if (currentRound(state).height < 2 || isHealthy(state, target, proof)) {
    throw new RunRefusal('CoordinatorErrorInvalidHealthCheck');
  }
  const epoch = state.coordinator.epoch_state;
  const at = Number(proof.index);
  epoch.clients = epoch.clients.map((client, index): EpochClient =>
    index === at && client.state === 'Healthy' ? { ...client, state: 'Dropped' } : client,
  );
  tick(state, moment);
}

function isHealthy(state: RunState, target: NodeIdentity, proof: CommitteeProof): boolean {
  const { config, epoch_state: epoch } = state.coordinator;
  const round = previousRound(state);
  if (round === undefined) throw new RunRefusal('CoordinatorErrorNoActiveRound');
  if (proof.index >= BigInt(round.clients_len)) throw new RunRefusal('CoordinatorErrorInvalidCommitteeProof');
  const selection = selectCommittees(round, config);
  const client = epoch.clients[Number(proof.index)];
  const isTarget = client !== undefined && isSameSigner(client.id, target);
  if (!isTarget || !selection.isCommitteeProofValid(proof)) {
    throw new RunRefusal('CoordinatorErrorInvalidCommitteeProof');
  }
  if (proof.committee !== 'Trainer') throw new ProgramPanic('not yet implemented');
  const hash = sha256(target.signer);
  const score = round.witnesses.filter((each) => mayContain(each.participant_bloom, hash)).length;
  return score >= witnessQuorum(config, round.witnesses.length);
}

/**
 * Records where the model was saved, if the present checkpoint allows this kind. Source: PROTOCOL §4.1, checkpoint.
 *
 * @throws RunRefusal 6007
 */
export function checkpoint(state: RunState, signer: Uint8Array, repo: Checkpoint, moment: Moment): void {
  const id = findKnown(state, signer);
  const isInEpoch = state.coordinator.epoch_state.clients.some((client) => isSameSigner(client.id, id));
  if (!isInEpoch) throw new RunRefusal('SignerNotAClient');
  replaceCheckpoint(state, (current) => savedCheckpoint(current, repo));
  if (!isHalted(state)) tick(state, moment);
  else {
    const text = runStateText(state.coordinator.run_state);
    moment.log(`Checkpoint recorded while halted (state: ${text}), skipping tick`);
  }
}

function savedCheckpoint(current: Checkpoint, saved: Checkpoint): Checkpoint {
  if (current === 'Ephemeral' || saved === 'Ephemeral') return current;
  const hasPeers = 'P2P' in current || 'P2PGcs' in current;
  if ('Hub' in saved) {
    if (hasPeers) return { P2P: saved.Hub };
    return 'Hub' in current ? saved : current;
  }
  if (!('Gcs' in saved)) return current;
  if (hasPeers) return { P2PGcs: saved.Gcs };
  return 'Gcs' in current ? saved : current;
}

/** @throws RunRefusal 6007 */
function findKnown({ clients_state: { clients } }: RunState, signer: Uint8Array): NodeIdentity {
  const client = clients.find(({ id }) => areEqualBytes(id.signer, signer));
  if (client === undefined) throw new RunRefusal('SignerNotAClient');
  return client.id;
}

function wantedWitnesses({ coordinator: { config, epoch_state: epoch } }: RunState): number {
  return config.witness_nodes === 0 ? Math.min(epoch.clients.length, MAX_WITNESSES) : config.witness_nodes;
}

/** Appends a report and counts them. */
function addWitness(state: RunState, id: NodeIdentity, report: Witness): number {
  const { clients } = state.coordinator.epoch_state;
  const { witnesses } = currentRound(state);
  for (const { proof } of witnesses) {
    const sender = clients[Number(proof.index)];
    if (sender === undefined) throw new ProgramPanic('index out of bounds: clients');
    if (isSameSigner(sender.id, id)) throw new RunRefusal('CoordinatorErrorDuplicateWitness');
  }
  if (witnesses.length === MAX_WITNESSES) throw new RunRefusal('CoordinatorErrorWitnessesFull');
  setWitnesses(state, [...witnesses, report]);
  return witnesses.length + 1;
}
