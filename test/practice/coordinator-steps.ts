import { expect } from 'vitest';
import type { CoordinatorInstructions, Witness } from '#core/layouts/generated/coordinator.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import type { ExecutionResult } from '#practice/runtime/execution-result.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { selectCommittees } from '#practice/runtime/programs/coordinator/state-machine/committee-selection.ts';
import { createRunOnStage, sampleConfig, sampleModel, type StagedRun, updateArgs } from './run-on-stage.ts';
import { createStage, type Stage } from './stage.ts';

/** The code of a failed first instruction, and that its log ends as a validator's does. */
export function codeOf(result: ExecutionResult, index = 0): number {
  const { err, logs } = result;
  expect(result.changed.size).toBe(0);
  if (err === null || typeof err !== 'object' || !('InstructionError' in err)) throw new Error(JSON.stringify(result));
  const [at, error] = err.InstructionError;
  expect(at).toBe(index);
  if (typeof error === 'string' || !('Custom' in error)) throw new Error(`${error} ${logs.join('\n')}`);
  expect(logs.at(-1)).toContain(`failed: custom program error: 0x${error.Custom.toString(16)}`);
  return error.Custom;
}

/** The Anchor line of a failure's log. */
export function errorLine(result: ExecutionResult): string {
  return result.logs.find((line) => line.includes('AnchorError')) ?? '';
}

/** A run right after its creation. */
export function setUp(): { stage: Stage; run: StagedRun } {
  const stage = createStage();
  return { stage, run: createRunOnStage(stage) };
}

/** A configured run that waits for members. */
export function setUpWaiting(config = sampleConfig(), model = sampleModel()) {
  const { stage, run } = setUp();
  run.land('update', updateArgs({ config, model }));
  run.land('set_paused', { paused: false });
  return { stage, run };
}

/** Funds a wallet and joins with it. */
export function join(stage: Stage, run: StagedRun, seed: number): Address {
  const user = stage.fund(seed);
  run.land('join_run', joinArgs(user), user);
  return user;
}

/** Arguments of `join_run` for a wallet's own identity. */
export function joinArgs(user: Address): CoordinatorInstructions['join_run'] {
  return { params: { client_id: { signer: addressToBytes(user), p2p_identity: new Uint8Array(32) } } };
}

const NO_BLOOM = { keys: Array<bigint>(8).fill(0n), bits: Array<bigint>(16).fill(0n) };
const METRICS = {
  step: 0,
  tokens_per_sec: 0,
  bandwidth_per_sec: 0,
  loss: 0,
  evals: [],
  prompt_results: [],
  prompt_index: 0,
  efficency: 0,
};

/** A report with empty filters. */
export function witnessArgs(proof: Witness['proof']): CoordinatorInstructions['witness'] {
  return {
    proof,
    participant_bloom: NO_BLOOM,
    broadcast_bloom: NO_BLOOM,
    broadcast_merkle: new Uint8Array(32),
    metadata: METRICS,
  };
}

/** {@link witnessArgs} without measurements. */
export function warmupArgs(proof: Witness['proof']): CoordinatorInstructions['warmup_witness'] {
  const { metadata: _, ...args } = witnessArgs(proof);
  return args;
}

/** The proof of a client's place in the round in progress, found by trying. */
export function validProof(run: Pick<StagedRun, 'read'>, index: number): Witness['proof'] {
  const { coordinator } = run.read().state;
  const round = coordinator.epoch_state.rounds[coordinator.epoch_state.rounds_head];
  if (round === undefined) throw new Error('no round');
  const selection = selectCommittees(round, coordinator.config);
  for (let position = 0; position < round.clients_len; position += 1) {
    for (const witness of [true, false]) {
      const proof = { position: BigInt(position), index: BigInt(index), witness };
      if (selection.isWitnessProofValid(proof)) return proof;
    }
  }
  throw new Error('no proof fits');
}

/** Waiting → Warmup → RoundTrain with the given clients. */
export function setUpTraining(clients: number, config = sampleConfig()) {
  const { stage, run } = setUpWaiting(config);
  const users = Array.from({ length: clients }, (_, index) => join(stage, run, 200 + index));
  run.wait(5n);
  run.land('tick', {});
  run.wait(11n);
  run.land('tick', {});
  expect(run.read().state.coordinator.run_state).toBe('RoundTrain');
  return { stage, run, users };
}

/** The instruction with another account in one place. */
export function withAccount(instruction: Instruction, at: number, address: Address): Instruction {
  return {
    ...instruction,
    accounts: instruction.accounts.map((account, index) => (index === at ? { ...account, address } : account)),
  };
}

/** A report of a trainer who did nothing. */
export function healthArgs(target: Address, position: bigint, index: bigint): CoordinatorInstructions['health_check'] {
  return {
    id: { signer: addressToBytes(target), p2p_identity: new Uint8Array(32) },
    committee: 'Trainer',
    position,
    index,
  };
}
