import type { LearningRateSchedule } from '#core/layouts/generated/coordinator.ts';
import type { RunConfig } from './config-types.ts';

/** What the batch size depends on. */
type BatchSchedule = Pick<
  RunConfig,
  'global_batch_size_start' | 'global_batch_size_end' | 'global_batch_size_warmup_tokens'
>;

/**
 * The learning rate a client uses at a step, for charts. Source: PROTOCOL.md §8, last paragraph. A cosine that ends before
 * its warmup has no value (`NaN`), exactly as in the clients.
 */
export function learningRateAt(schedule: LearningRateSchedule, step: number): number {
  if ('Constant' in schedule) {
    const { Constant: rate } = schedule;
    return step < rate.warmup_steps ? warmup(rate, step) : rate.base_lr;
  }
  if ('Linear' in schedule) {
    const { Linear: rate } = schedule;
    if (step < rate.warmup_steps) return warmup(rate, step);
    if (step >= rate.total_steps) return rate.final_lr;
    return line(rate.base_lr, rate.final_lr, (step - rate.warmup_steps) / (rate.total_steps - rate.warmup_steps));
  }
  if ('Cosine' in schedule) {
    const { Cosine: rate } = schedule;
    if (step < rate.warmup_steps) return warmup(rate, step);
    return cosine(rate.base_lr, rate.final_lr, (step - rate.warmup_steps) / (rate.total_steps - rate.warmup_steps));
  }
  const { WarmupStableDecay: rate } = schedule;
  if (step < rate.warmup_steps) return warmup(rate, step);
  const stable = step - rate.warmup_steps;
  if (stable < rate.stable_steps) return rate.base_lr;
  const first = stable - rate.stable_steps;
  if (first < rate.cosine_decay_steps) {
    return cosine(rate.base_lr, rate.cosine_decay_final_lr, first / rate.cosine_decay_steps);
  }
  const second = first - rate.cosine_decay_steps;
  if (second >= rate.linear_decay_steps) return rate.linear_decay_final_lr;
  return line(rate.cosine_decay_final_lr, rate.linear_decay_final_lr, second / rate.linear_decay_steps);
}

/**
 * Samples in a round that begins after `tokens` tokens. Grows from start to end over the warmup tokens, computed in 64-bit
 * floats and rounded half up. Source: PROTOCOL.md §8, `batch(t)`.
 */
export function batchSizeAt(config: BatchSchedule, tokens: bigint): number {
  const { global_batch_size_start: start, global_batch_size_end: end, global_batch_size_warmup_tokens: ramp } = config;
  if (tokens >= ramp) return end;
  return Math.round(start + (end - start) * (Number(tokens) / Number(ramp)));
}

/**
 * The `epoch_start_data_index` with which a run continues at `step`: the samples that the steps before it used up. 0 for
 * the first step and for steps the run does not have. Source: PROTOCOL.md §10, `--restart-from-step`.
 *
 * The batch size takes at most 65,536 values and only moves one way, so the steps that share one are jumped over together:
 * walking them one by one could take four billion rounds.
 *
 * @returns samples
 */
export function restartDataIndex(
  config: BatchSchedule & Pick<RunConfig, 'total_steps'>,
  maxSeqLen: number,
  step: number,
): bigint {
  if (step <= 1 || step > config.total_steps) return 0n;
  const tokensPerSample = BigInt(maxSeqLen);
  const batchFrom = (index: bigint) => batchSizeAt(config, index * tokensPerSample);
  let index = 0n;
  let left = BigInt(step - 1);
  while (left > 0n) {
    const batch = batchFrom(index);
    const size = BigInt(batch);
    const stepsAlike = longestRun(left, (steps) => batchFrom(index + (steps - 1n) * size) === batch);
    index += stepsAlike * size;
    left -= stepsAlike;
  }
  return index;
}

/** The largest count in 1..=limit that holds, for a property that holds for 1 and once lost stays lost. */
function longestRun(limit: bigint, holds: (count: bigint) => boolean): bigint {
  let good = 1n;
  while (good * 2n <= limit && holds(good * 2n)) good *= 2n;
  let bad = good * 2n > limit ? limit + 1n : good * 2n;
  while (bad - good > 1n) {
    const middle = (good + bad) / 2n;
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function warmup(
  rate: { readonly base_lr: number; readonly warmup_init_lr: number; readonly warmup_steps: number },
  step: number,
): number {
  return rate.warmup_init_lr + (rate.base_lr - rate.warmup_init_lr) * (step / rate.warmup_steps);
}

function line(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

function cosine(from: number, to: number, part: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * part))) / 2;
}
