import type { CoordinatorConfig, Round } from '#core/layouts/generated/coordinator.ts';
import type { RunState } from './draft.ts';

/** Sequences of the round's global batch, by the tokens seen before it. Source: PROTOCOL §8, `batch(tokens(r))`. */
export function batchSizeOfRound({ coordinator }: RunState, round: Round): bigint {
  const tokens = round.data_index * BigInt(coordinator.model.LLM.max_seq_len);
  return BigInt(batchSizeAt(coordinator.config, tokens));
}

/** Doubles and rounding half up, as the program computes it. */
function batchSizeAt(config: CoordinatorConfig, tokens: bigint): number {
  const { global_batch_size_start: start, global_batch_size_end: end } = config;
  const warmupTokens = config.global_batch_size_warmup_tokens;
  if (tokens >= warmupTokens) return end;
  return Math.floor(start + (end - start) * (Number(tokens) / Number(warmupTokens)) + 0.5);
}
