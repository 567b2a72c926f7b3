/** A configuration that passes every rule, small enough that simulated clients could train it in minutes. */
export const SAMPLE_CONFIG = `# A small run for practising. Times are in seconds.
[config]
warmup_time = 30
cooldown_time = 15
epoch_time = 600
max_round_train_time = 20
round_witness_time = 2
waiting_for_members_extra_time = 3
init_min_clients = 2
min_clients = 2
witness_nodes = 1
verification_percent = 0
global_batch_size_start = 8
global_batch_size_end = 256
global_batch_size_warmup_tokens = 0
total_steps = 1000

[model.LLM]
architecture = "HfLlama"
data_type = "Pretraining"
max_seq_len = 2048
cold_start_warmup_steps = 0

[model.LLM.checkpoint.Hub]
repo_id = "example-org/llama-20m-init"

[model.LLM.data_location.Http]
token_size_in_bytes = "TwoBytes"
shuffle = "DontShuffle"

[model.LLM.data_location.Http.location.Gcp]
bucket_name = "public-pretraining-us"
filter_directory = "fineweb-edu"

[model.LLM.lr_schedule.Cosine]
base_lr = 4.0e-4
warmup_steps = 50
warmup_init_lr = 0.0
total_steps = 1000
final_lr = 4.0e-5

[model.LLM.optimizer.Distro]
clip_grad_norm = 1.0
compression_decay = 0.999
compression_chunk = 64
compression_topk = 2
quantize_1bit = true
`;
