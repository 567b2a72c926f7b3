import type { ProgramIds } from '#core/layouts/programs.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import type {
  Bloom,
  Checkpoint,
  CoordinatorInstructions,
  NodeIdentity,
  Round,
} from '#core/layouts/generated/coordinator.ts';
import type { Address } from '#core/solana/address.ts';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import type { Instruction } from '../runtime/native/native-executor.ts';
import type { RunView } from './run-view.ts';

/** What a client of a run sends. */
export type ClientCall = {
  [N in ClientInstruction]: { readonly name: N; readonly args: CoordinatorInstructions[N] };
}[ClientInstruction];

type ClientInstruction = 'join_run' | 'warmup_witness' | 'witness' | 'health_check' | 'checkpoint' | 'tick';

/** Joins with a wallet; its network key is one nobody can be reached by. */
export function joinCall(wallet: Uint8Array): ClientCall {
  return {
    name: 'join_run',
    args: { params: { client_id: { signer: wallet, p2p_identity: sha256(wallet) } } },
  };
}

/** Reports to be ready. Nobody checks the proof. */
export function warmupCall(index: number, filter: Bloom): ClientCall {
  const proof = { position: BigInt(index), index: BigInt(index), witness: true };
  return {
    name: 'warmup_witness',
    args: { proof, participant_bloom: filter, broadcast_bloom: filter, broadcast_merkle: new Uint8Array(32) },
  };
}

/** Reports on a round, with measurements such as a run that learns would show. */
export function witnessCall(round: Round, place: { position: number; index: number }, step: number, filter: Bloom) {
  const call: ClientCall = {
    name: 'witness',
    args: {
      proof: { position: BigInt(place.position), index: BigInt(place.index), witness: true },
      participant_bloom: filter,
      broadcast_bloom: filter,
      broadcast_merkle: sha256(new TextEncoder().encode(`${round.random_seed}`)),
      metadata: {
        step,
        tokens_per_sec: 1000,
        bandwidth_per_sec: 1_000_000,
        loss: Math.fround(2 + 9 / (1 + step / 50)),
        evals: [],
        prompt_results: [],
        prompt_index: 0,
        efficency: 0.5,
      },
    },
  };
  return call;
}

/** Reports a trainer who did nothing in the round before. */
export function healthCall(idle: NodeIdentity, place: { position: number; index: number }): ClientCall {
  return {
    name: 'health_check',
    args: { id: idle, committee: 'Trainer', position: BigInt(place.position), index: BigInt(place.index) },
  };
}

/** Records the model as saved where it is saved already, as another revision. `undefined` when it is saved nowhere. */
export function checkpointCall(current: Checkpoint, step: number): ClientCall | undefined {
  if (current === 'Ephemeral' || 'Dummy' in current) return undefined;
  if ('Gcs' in current) return { name: 'checkpoint', args: { repo: { Gcs: current.Gcs } } };
  if ('P2PGcs' in current) return { name: 'checkpoint', args: { repo: { Gcs: current.P2PGcs } } };
  const { repo_id } = 'Hub' in current ? current.Hub : current.P2P;
  const revision = bytesToHex(sha256(new TextEncoder().encode(`${repo_id} ${step}`))).slice(0, 40);
  return { name: 'checkpoint', args: { repo: { Hub: { repo_id, revision } } } };
}

export const TICK: ClientCall = { name: 'tick', args: {} };

/** The call as an instruction of the coordinator. */
export function callInstruction(
  { name, args }: ClientCall,
  { instance, account }: RunView,
  { user, authorization, programs }: { user: Address; authorization: Address; programs: ProgramIds },
): Instruction {
  const keys: Readonly<Record<string, Address>> = {
    user,
    authorization,
    coordinator_instance: instance,
    coordinator_account: account,
  };
  return {
    programId: programs.coordinator,
    accounts: instructionAccounts('coordinator', name).map((each) => {
      const address = keys[each.name];
      if (address === undefined) throw new RangeError(`${name} needs ${each.name}`);
      return { address, isSigner: each.isSigner, isWritable: each.isWritable };
    }),
    data: encodeInstruction('coordinator', name, args),
  };
}

/** `ComputeBudgetInstruction::SetComputeUnitLimit`. Source: Solana SDK. */
const SET_UNIT_LIMIT = 2;

/** More than any call of a client takes. Compute units. */
const UNITS = 200_000;

/** A limit that differs from call to call: equal calls in one slot would be one transaction, and land once. */
export function unitLimitInstruction(sequence: number): Instruction {
  const data = new Uint8Array(5);
  data[0] = SET_UNIT_LIMIT;
  new DataView(data.buffer).setUint32(1, UNITS + (sequence % 100_000), true);
  return { programId: COMPUTE_BUDGET_PROGRAM, accounts: [], data };
}
