import type { CoordinatorInstructions, Witness } from '#core/layouts/generated/coordinator.ts';
import type { RunState } from './state-machine/draft.ts';
import type { Moment } from './state-machine/moment.ts';
import { checkpoint, healthCheck, joinRun, warmupWitness, witness } from './state-machine/participants.ts';
import { setPaused } from './state-machine/set-paused.ts';
import { tick } from './state-machine/tick.ts';
import { setFutureEpochRates, update } from './state-machine/update.ts';

/** An instruction that changes the state of an existing run and counts its nonce up. */
export type RunInstruction = Exclude<
  keyof CoordinatorInstructions,
  'init_coordinator' | 'free_coordinator' | 'update_client_version'
>;

type Operation<N extends RunInstruction> = (
  state: RunState,
  args: CoordinatorInstructions[N],
  signer: Uint8Array,
  moment: Moment,
) => void;

/** What each instruction does to a run, whoever checked its accounts. The signer is the wallet of `user` or `authority`. */
export const runOperations: { readonly [N in RunInstruction]: Operation<N> } = {
  tick: (state, _args, _signer, moment) => tick(state, moment),
  set_paused: (state, { paused }, _signer, moment) => setPaused(state, paused, moment),
  update: (state, parts, _signer, moment) => update(state, parts, moment),
  set_future_epoch_rates: (state, rates) => setFutureEpochRates(state, rates),
  join_run: (state, { params }, _signer, moment) => joinRun(state, params.client_id, moment),
  witness: (state, args, signer, moment) => witness(state, signer, reportOf(args), moment),
  warmup_witness: (state, args, signer, moment) => warmupWitness(state, signer, reportOf(args), moment),
  health_check: (state, { id, ...proof }, signer, moment) => healthCheck(state, signer, id, proof, moment),
  checkpoint: (state, { repo }, signer, moment) => checkpoint(state, signer, repo, moment),
};

function reportOf(args: CoordinatorInstructions['warmup_witness']): Witness {
  const { proof, participant_bloom: participants, broadcast_bloom: broadcasts, broadcast_merkle: merkle } = args;
  return {
    proof,
    participant_bloom: participants,
    broadcast_bloom: broadcasts,
    broadcast_merkle: { inner: merkle },
  };
}
