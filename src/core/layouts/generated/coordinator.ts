// Written by `npm run generate` from idl/coordinator.json. Do not edit.

export type Bloom = {
  keys: bigint[];
  bits: bigint[];
};

export type Checkpoint =
  | 'Ephemeral'
  | { Dummy: HubRepo }
  | { Hub: HubRepo }
  | { P2P: HubRepo }
  | { Gcs: GcsRepo }
  | { P2PGcs: GcsRepo };

export type ClientState =
  | 'Healthy'
  | 'Dropped'
  | 'Withdrawn'
  | 'Ejected';

export type ClientsEpochRates = {
  earning_rate_total_shared: bigint;
  slashing_rate_per_client: bigint;
};

export type ClientsState = {
  clients: RunClient[];
  next_active: bigint;
  current_epoch_rates: ClientsEpochRates;
  future_epoch_rates: ClientsEpochRates;
};

export type Committee =
  | 'TieBreaker'
  | 'Verifier'
  | 'Trainer';

export type ConstantLR = {
  base_lr: number;
  warmup_init_lr: number;
  warmup_steps: number;
};

export type Coordinator = {
  run_id: string;
  run_state: RunState;
  model: Model;
  config: CoordinatorConfig;
  progress: CoordinatorProgress;
  epoch_state: CoordinatorEpochState;
  run_state_start_unix_timestamp: bigint;
  pending_pause: boolean;
};

export type CoordinatorAccount = {
  version: bigint;
  state: CoordinatorInstanceState;
  nonce: bigint;
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

export type CoordinatorEpochState = {
  rounds: Round[];
  clients: EpochClient[];
  exited_clients: EpochClient[];
  rounds_head: number;
  start_step: number;
  last_step: number;
  start_timestamp: bigint;
  first_round: boolean;
  cold_start_epoch: boolean;
};

export type CoordinatorInstance = {
  bump: number;
  main_authority: Uint8Array;
  join_authority: Uint8Array;
  coordinator_account: Uint8Array;
  run_id: string;
};

export type CoordinatorInstanceState = {
  metadata: RunMetadata;
  coordinator: Coordinator;
  clients_state: ClientsState;
  is_warmup_first_tick: boolean;
  is_training_first_tick: boolean;
  client_version: string;
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

export type EpochClient = {
  id: NodeIdentity;
  state: ClientState;
  exited_height: number;
};

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

export type InitCoordinatorParams = {
  main_authority: Uint8Array;
  join_authority: Uint8Array;
  run_id: string;
  client_version: string;
};

export type JoinRunParams = {
  client_id: NodeIdentity;
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

export type MerkleRoot = {
  inner: Uint8Array;
};

export type Model =
  | { LLM: LLM };

export type NodeIdentity = {
  signer: Uint8Array;
  p2p_identity: Uint8Array;
};

export type OptimizerDefinition =
  | 'Dummy'
  | { AdamW: { betas: number[]; weight_decay: number; eps: number; clip_grad_norm: number | null } }
  | { Distro: { clip_grad_norm: number | null; weight_decay: number | null; compression_decay: number; compression_topk: number; compression_chunk: number; quantize_1bit: boolean } };

export type Round = {
  witnesses: Witness[];
  data_index: bigint;
  random_seed: bigint;
  height: number;
  clients_len: number;
  tie_breaker_tasks: number;
};

export type RunClient = {
  id: NodeIdentity;
  _unused: Uint8Array;
  earned: bigint;
  slashed: bigint;
  active: bigint;
};

export type RunMetadata = {
  name: string;
  description: string;
  num_parameters: bigint;
  vocab_size: bigint;
};

export type RunState =
  | 'Uninitialized'
  | 'WaitingForMembers'
  | 'Warmup'
  | 'RoundTrain'
  | 'RoundWitness'
  | 'Cooldown'
  | 'Finished'
  | 'Paused';

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

export type Witness = {
  proof: WitnessProof;
  participant_bloom: Bloom;
  broadcast_bloom: Bloom;
  broadcast_merkle: MerkleRoot;
};

export type WitnessEvalResult = {
  name: string;
  value: number;
};

export type WitnessMetadata = {
  step: number;
  tokens_per_sec: number;
  bandwidth_per_sec: number;
  loss: number;
  evals: WitnessEvalResult[];
  prompt_results: number[];
  prompt_index: number;
  efficency: number;
};

export type WitnessProof = {
  position: bigint;
  index: bigint;
  witness: boolean;
};

/** Arguments of each instruction of the coordinator program. */
export type CoordinatorInstructions = {
  checkpoint: { repo: Checkpoint };
  free_coordinator: { params: EmptyParams };
  health_check: { id: NodeIdentity; committee: Committee; position: bigint; index: bigint };
  init_coordinator: { params: InitCoordinatorParams };
  join_run: { params: JoinRunParams };
  set_future_epoch_rates: { epoch_earning_rate_total_shared: bigint | null; epoch_slashing_rate_per_client: bigint | null };
  set_paused: { paused: boolean };
  tick: Record<string, never>;
  update: { metadata: RunMetadata | null; config: CoordinatorConfig | null; model: Model | null; progress: CoordinatorProgress | null };
  update_client_version: { new_version: string };
  warmup_witness: { proof: WitnessProof; participant_bloom: Bloom; broadcast_bloom: Bloom; broadcast_merkle: Uint8Array };
  witness: { proof: WitnessProof; participant_bloom: Bloom; broadcast_bloom: Bloom; broadcast_merkle: Uint8Array; metadata: WitnessMetadata };
};

/** Account types of the coordinator program. */
export type CoordinatorAccounts = {
  CoordinatorAccount: CoordinatorAccount;
  CoordinatorInstance: CoordinatorInstance;
};
