// Written by `npm run generate` from idl/treasurer.json. Do not edit.

export type Checkpoint =
  | 'Ephemeral'
  | { Dummy: HubRepo }
  | { Hub: HubRepo }
  | { P2P: HubRepo }
  | { Gcs: GcsRepo }
  | { P2PGcs: GcsRepo };

export type ConstantLR = {
  base_lr: number;
  warmup_init_lr: number;
  warmup_steps: number;
};

export type CoordinatorConfig = {
  warmup_time: bigint;
  cooldown_time: bigint;
  max_round_train_time: bigint;
  round_witness_time: bigint;
  global_batch_size_warmup_tokens: bigint;
  epoch_time: bigint;
  total_steps: number;
  init_min_clients: number;
  min_clients: number;
  witness_nodes: number;
  global_batch_size_start: number;
  global_batch_size_end: number;
  verification_percent: number;
  waiting_for_members_extra_time: number;
};

export type CoordinatorProgress = {
  epoch: number;
  step: number;
  epoch_start_data_index: bigint;
};

export type CosineLR = {
  base_lr: number;
  warmup_init_lr: number;
  final_lr: number;
  warmup_steps: number;
  total_steps: number;
};

export type EmptyParams = Record<string, never>;

export type GcsRepo = {
  bucket: string;
  prefix: string | null;
};

export type HttpLLMTrainingDataLocation = {
  location: HttpTrainingDataLocation;
  token_size_in_bytes: TokenSize;
  shuffle: Shuffle;
};

export type HttpTrainingDataLocation =
  | { SingleUrl: string }
  | { NumberedFiles: { url_template: string; start_index: number; n_left_pad_zeros: number; num_files: number } }
  | { Gcp: { bucket_name: string; filter_directory: string } };

export type HubRepo = {
  repo_id: string;
  revision: string | null;
};

export type LLM = {
  max_seq_len: number;
  cold_start_warmup_steps: number;
  architecture: LLMArchitecture;
  checkpoint: Checkpoint;
  data_type: LLMTrainingDataType;
  data_location: LLMTrainingDataLocation;
  lr_schedule: LearningRateSchedule;
  optimizer: OptimizerDefinition;
};

export type LLMArchitecture =
  | 'HfLlama'
  | 'HfDeepseek'
  | 'HfAuto'
  | 'Torchtitan';

export type LLMTrainingDataLocation =
  | 'Dummy'
  | { Server: string }
  | { Local: string }
  | { Http: HttpLLMTrainingDataLocation }
  | { WeightedHttp: string }
  | { Preprocessed: string };

export type LLMTrainingDataType =
  | 'Pretraining'
  | 'Finetuning';

export type LearningRateSchedule =
  | { Constant: ConstantLR }
  | { Linear: LinearLR }
  | { Cosine: CosineLR }
  | { WarmupStableDecay: WarmupStableDecayLR };

export type LinearLR = {
  base_lr: number;
  warmup_init_lr: number;
  final_lr: number;
  warmup_steps: number;
  total_steps: number;
};

export type Model =
  | { LLM: LLM };

export type OptimizerDefinition =
  | 'Dummy'
  | { AdamW: { betas: number[]; weight_decay: number; eps: number; clip_grad_norm: number | null } }
  | { Distro: { clip_grad_norm: number | null; weight_decay: number | null; compression_decay: number; compression_topk: number; compression_chunk: number; quantize_1bit: boolean } };

export type Participant = {
  bump: number;
  claimed_collateral_amount: bigint;
  claimed_earned_points: bigint;
};

export type ParticipantClaimParams = {
  claim_earned_points: bigint;
};

export type Run = {
  bump: number;
  index: bigint;
  main_authority: Uint8Array;
  join_authority: Uint8Array;
  coordinator_account: Uint8Array;
  coordinator_instance: Uint8Array;
  collateral_mint: Uint8Array;
  total_claimed_collateral_amount: bigint;
  total_claimed_earned_points: bigint;
};

export type RunCreateParams = {
  index: bigint;
  run_id: string;
  client_version: string;
  main_authority: Uint8Array;
  join_authority: Uint8Array;
};

export type RunMetadata = {
  name: string;
  description: string;
  num_parameters: bigint;
  vocab_size: bigint;
};

export type RunUpdateParams = {
  metadata: RunMetadata | null;
  config: CoordinatorConfig | null;
  model: Model | null;
  progress: CoordinatorProgress | null;
  epoch_earning_rate_total_shared: bigint | null;
  epoch_slashing_rate_per_client: bigint | null;
  paused: boolean | null;
  client_version: string | null;
};

export type Shuffle =
  | 'DontShuffle'
  | { Seeded: Uint8Array };

export type TokenSize =
  | 'TwoBytes'
  | 'FourBytes';

export type WarmupStableDecayLR = {
  base_lr: number;
  warmup_init_lr: number;
  cosine_decay_final_lr: number;
  linear_decay_final_lr: number;
  warmup_steps: number;
  stable_steps: number;
  cosine_decay_steps: number;
  linear_decay_steps: number;
};

/** Arguments of each instruction of the treasurer program. */
export type TreasurerInstructions = {
  participant_claim: { params: ParticipantClaimParams };
  participant_create: { params: EmptyParams };
  run_create: { params: RunCreateParams };
  run_update: { params: RunUpdateParams };
};

/** Account types of the treasurer program. */
export type TreasurerAccounts = {
  Participant: Participant;
  Run: Run;
};
