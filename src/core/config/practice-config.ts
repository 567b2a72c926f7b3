/**
 * A small configuration for practising: passes every check, and a run with it starts as soon as two clients have joined.
 * The repositories are only names; nothing is loaded from them on a practice network.
 */
export const PRACTICE_CONFIG_TEXT = `# Times are in seconds, batch sizes in samples.
[config]
warmup_time = 30
cooldown_time = 15
max_round_train_time = 20
round_witness_time = 2
epoch_time = 600
total_steps = 2000

# The run starts with init_min_clients and waits again when fewer than min_clients are left.
init_min_clients = 2
min_clients = 1
# 0 means that every client is a witness, up to 32.
witness_nodes = 1

# The batch grows from start to end while the first warmup tokens are trained.
global_batch_size_start = 256
global_batch_size_end = 512
global_batch_size_warmup_tokens = 10000000

# Must stay 0: the program does not implement verification.
verification_percent = 0
waiting_for_members_extra_time = 3

[model.LLM]
max_seq_len = 2048
cold_start_warmup_steps = 0
architecture = "HfLlama"
data_type = "Pretraining"

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
warmup_init_lr = 0.0
warmup_steps = 100
final_lr = 4.0e-5
total_steps = 2000

[model.LLM.optimizer.Distro]
clip_grad_norm = 1.0
compression_decay = 0.999
compression_topk = 2
compression_chunk = 64
quantize_1bit = false
`;
