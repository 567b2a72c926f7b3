import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import type { Bloom, CoordinatorInstructions, NodeIdentity } from '#core/layouts/generated/coordinator.ts';
import { readTraceArguments } from './trace-arguments.ts';

const Whole = z.union([z.int().min(0), z.string().regex(/^\d{1,20}$/u)]);
const Clock = { unix_timestamp: Whole, slot: Whole };
const Signer = z.string().min(1);
const Proof = z.strictObject({ position: Whole, index: Whole, witness: z.boolean() });

/** One step of a trace as it stands in a file: an instruction at a moment of the cluster's clock. */
export const TraceStep = z.discriminatedUnion('op', [
  z.object({ ...Clock, op: z.literal('tick'), args: z.strictObject({}) }),
  z.object({ ...Clock, op: z.literal('set_paused'), args: z.strictObject({ paused: z.boolean() }) }),
  z.object({ ...Clock, op: z.literal('join_run'), args: z.strictObject({ signer: Signer }) }),
  z.object({
    ...Clock,
    op: z.literal('update'),
    args: z.strictObject({
      metadata: z.record(z.string(), z.unknown()).optional(),
      config: z.unknown().optional(),
      model: z.unknown().optional(),
      progress: z.unknown().optional(),
    }),
  }),
  z.object({
    ...Clock,
    op: z.literal('set_future_epoch_rates'),
    args: z.strictObject({ earning: Whole.optional(), slashing: Whole.optional() }),
  }),
  z.object({ ...Clock, op: z.literal('witness'), args: z.strictObject({ signer: Signer, proof: Proof }) }),
  z.object({ ...Clock, op: z.literal('warmup_witness'), args: z.strictObject({ signer: Signer, proof: Proof }) }),
  z.object({ ...Clock, op: z.literal('checkpoint'), args: z.strictObject({ signer: Signer, repo: z.unknown() }) }),
]);

export type TraceStep = z.infer<typeof TraceStep>;

/** An instruction with the arguments its data carries. */
export type TraceCall = {
  [N in TraceStep['op']]: { readonly name: N; readonly args: CoordinatorInstructions[N]; readonly signer?: string };
}[TraceStep['op']];

/**
 * The instruction a step stands for. Reports carry empty filters and roots, joins an all-zero network key.
 *
 * @param identityOf - the wallet behind a signer's name
 * @throws AppError `codec/…` for arguments that do not fit
 */
export function traceCall(step: TraceStep, identityOf: (signer: string) => Uint8Array): TraceCall {
  switch (step.op) {
    case 'tick':
      return { name: 'tick', args: readTraceArguments('tick', {}) };
    case 'set_paused':
      return { name: 'set_paused', args: readTraceArguments('set_paused', step.args) };
    case 'join_run': {
      const { signer } = step.args;
      const identity: NodeIdentity = { signer: identityOf(signer), p2p_identity: new Uint8Array(32) };
      return { name: 'join_run', args: { params: { client_id: identity } }, signer };
    }
    case 'update': {
      const { metadata } = step.args;
      const parts = { ...step.args, ...(metadata?.['any'] === true ? { metadata: ANY_METADATA } : {}) };
      return { name: 'update', args: readTraceArguments('update', parts) };
    }
    case 'set_future_epoch_rates': {
      const { earning, slashing } = step.args;
      const rates = { epoch_earning_rate_total_shared: earning, epoch_slashing_rate_per_client: slashing };
      return { name: 'set_future_epoch_rates', args: readTraceArguments('set_future_epoch_rates', rates) };
    }
    case 'witness': {
      const { signer, proof } = step.args;
      const args = readTraceArguments('witness', { ...EMPTY_REPORT, metadata: EMPTY_METRICS, proof });
      return { name: 'witness', args, signer };
    }
    case 'warmup_witness': {
      const { signer, proof } = step.args;
      return { name: 'warmup_witness', args: readTraceArguments('warmup_witness', { ...EMPTY_REPORT, proof }), signer };
    }
    case 'checkpoint': {
      const { signer, repo } = step.args;
      return { name: 'checkpoint', args: readTraceArguments('checkpoint', { repo }), signer };
    }
  }
}

/** A wallet for a signer's name where no real one is needed. */
export function walletOf(signer: string): Uint8Array {
  return sha256(new TextEncoder().encode(signer));
}

const ANY_METADATA = { name: 'any', description: '', num_parameters: 0, vocab_size: 0 };

const EMPTY_BLOOM: Bloom = { keys: Array(8).fill(0n), bits: Array(16).fill(0n) };

const EMPTY_REPORT = {
  participant_bloom: EMPTY_BLOOM,
  broadcast_bloom: EMPTY_BLOOM,
  broadcast_merkle: '00'.repeat(32),
};

const EMPTY_METRICS = {
  step: 0,
  tokens_per_sec: 0,
  bandwidth_per_sec: 0,
  loss: 0,
  evals: [],
  prompt_results: [],
  prompt_index: 0,
  efficency: 0,
};
