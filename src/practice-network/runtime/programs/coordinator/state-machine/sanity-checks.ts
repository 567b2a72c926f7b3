import type { Checkpoint, CoordinatorConfig, LLM, Model } from '#core/layouts/generated/coordinator.ts';
import { ProgramPanic } from '../../../instruction-failure.ts';
import type { Moment } from './moment.ts';

/** Largest number of clients and of witnesses. Source: PROTOCOL §7.1. */
const [MAX_CLIENTS, MAX_WITNESSES] = [256, 32];

/** Whether a configuration could run. Which rule it breaks is logged nowhere. Source: PROTOCOL §7.1. */
export function isConfigSane(config: CoordinatorConfig): boolean {
  return (
    config.epoch_time !== 0n &&
    config.warmup_time < config.epoch_time &&
    config.max_round_train_time !== 0n &&
    config.max_round_train_time < config.epoch_time &&
    config.round_witness_time !== 0n &&
    config.min_clients !== 0 &&
    config.init_min_clients >= config.min_clients &&
    config.init_min_clients <= MAX_CLIENTS &&
    config.global_batch_size_start !== 0 &&
    config.global_batch_size_end !== 0 &&
    config.global_batch_size_end >= config.global_batch_size_start &&
    config.total_steps !== 0 &&
    config.witness_nodes <= config.min_clients &&
    config.witness_nodes <= MAX_WITNESSES &&
    config.cooldown_time !== 0n &&
    config.waiting_for_members_extra_time !== 0
  );
}

/** Whether a model could be trained; logs the first rule it breaks. Source: PROTOCOL §7.2. */
export function isModelSane({ LLM: llm }: Model, { log }: Moment): boolean {
  const reason = modelFault(llm);
  if (reason !== undefined) log(`model check failed: ${reason}`);
  return reason === undefined;
}

function modelFault(llm: LLM): string | undefined {
  if (llm.max_seq_len === 0) return 'max_seq_len is 0.';
  if (!isDataLocationSane(llm.data_location)) return 'bad LLM training data location.';
  if (!isCheckpointSane(llm.checkpoint)) return 'bad checkpoint';
  if (llm.optimizer === 'Dummy') return 'bad optimizer';
  return undefined;
}

function isDataLocationSane(location: LLM['data_location']): boolean {
  if (location === 'Dummy' || 'Local' in location) return true;
  if ('Server' in location) return location.Server !== '';
  if ('WeightedHttp' in location) return location.WeightedHttp !== '';
  if ('Preprocessed' in location) return location.Preprocessed !== '';
  const http = location.Http.location;
  if ('SingleUrl' in http) return http.SingleUrl !== '';
  if ('Gcp' in http) return http.Gcp.bucket_name !== '';
  return http.NumberedFiles.url_template !== '' && http.NumberedFiles.num_files !== 0;
}

function isCheckpointSane(checkpoint: Checkpoint): boolean {
  if (checkpoint === 'Ephemeral') return false;
  if ('Dummy' in checkpoint) return true;
  if ('Hub' in checkpoint) return checkpoint.Hub.repo_id !== '';
  if ('P2P' in checkpoint) return checkpoint.P2P.repo_id !== '';
  if ('Gcs' in checkpoint) return checkpoint.Gcs.bucket !== '';
  return checkpoint.P2PGcs.bucket !== '';
}

/**
 * Whether the warm-up after a cold start fits into an epoch. Source: PROTOCOL §7.3.
 *
 * @throws ProgramPanic with steps to warm up and a configuration still all zero
 */
export function isColdStartSane(config: CoordinatorConfig, { LLM: llm }: Model, { log }: Moment): boolean {
  const steps = llm.cold_start_warmup_steps;
  if (steps === 0) return true;
  const { epoch_time: epoch, warmup_time: warmup, max_round_train_time: train } = config;
  if (train === 0n) throw new ProgramPanic('attempt to divide by zero');
  const rounds = (epoch - warmup) / train;
  if (BigInt(steps) <= rounds) return true;
  log(
    `cold_start_warmup_steps (${steps}) exceeds estimated training rounds per epoch ` +
      `((epoch_time=${epoch} - warmup_time=${warmup}) / max_round_train_time=${train} = ${rounds})`,
  );
  return false;
}
