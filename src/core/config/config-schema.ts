/** An integer type of the programs. */
export type IntegerType = 'u8' | 'u16' | 'u32' | 'u64';

/** One key of a table, in the program's declaration order (which a table written as a list follows). */
export type Field = readonly [key: string, shape: Shape];

/**
 * One spelling of an enum. A `struct` variant refuses keys it does not know; the struct inside a `newtype` variant ignores
 * them. Source: PROTOCOL.md §12.
 */
export type Variant = { readonly name: string } & (
  | { readonly form: 'unit' }
  | { readonly form: 'newtype'; readonly of: Shape }
  | { readonly form: 'struct'; readonly fields: readonly Field[] }
);

/** What a value of a configuration may be. */
export type Shape =
  | { readonly kind: 'integer'; readonly type: IntegerType }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text'; readonly maxBytes: number }
  | { readonly kind: 'list'; readonly of: Shape; readonly length: number }
  | { readonly kind: 'option'; readonly of: Shape }
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
  | { readonly kind: 'enum'; readonly variants: readonly Variant[] };

const u8: Shape = { kind: 'integer', type: 'u8' };
const u16: Shape = { kind: 'integer', type: 'u16' };
const u32: Shape = { kind: 'integer', type: 'u32' };
const u64: Shape = { kind: 'integer', type: 'u64' };
const f32: Shape = { kind: 'float', bits: 32 };
const f64: Shape = { kind: 'float', bits: 64 };
const S64 = text(64);
const S192 = text(192);

const HUB_REPO = struct(['repo_id', S64], ['revision', option(S64)]);
const GCS_REPO = struct(['bucket', S64], ['prefix', option(S64)]);

const HTTP_LOCATION = oneOf(
  newtype('SingleUrl', S192),
  variant('NumberedFiles', ['url_template', S64], ['start_index', u32], ['n_left_pad_zeros', u8], ['num_files', u32]),
  variant('Gcp', ['bucket_name', S64], ['filter_directory', S192]),
);

const HTTP_DATA = struct(
  ['location', HTTP_LOCATION],
  ['token_size_in_bytes', oneOf(unit('TwoBytes'), unit('FourBytes'))],
  ['shuffle', oneOf(unit('DontShuffle'), newtype('Seeded', { kind: 'list', of: u8, length: 32 }))],
);

const DECAY_SCHEDULE = struct(
  ['base_lr', f64],
  ['warmup_init_lr', f64],
  ['final_lr', f64],
  ['warmup_steps', u32],
  ['total_steps', u32],
);

const LR_SCHEDULE = oneOf(
  newtype('Constant', struct(['base_lr', f64], ['warmup_init_lr', f64], ['warmup_steps', u32])),
  newtype('Linear', DECAY_SCHEDULE),
  newtype('Cosine', DECAY_SCHEDULE),
  newtype(
    'WarmupStableDecay',
    struct(
      ['base_lr', f64],
      ['warmup_init_lr', f64],
      ['cosine_decay_final_lr', f64],
      ['linear_decay_final_lr', f64],
      ['warmup_steps', u32],
      ['stable_steps', u32],
      ['cosine_decay_steps', u32],
      ['linear_decay_steps', u32],
    ),
  ),
);

const OPTIMIZER = oneOf(
  unit('Dummy'),
  variant(
    'AdamW',
    ['betas', { kind: 'list', of: f32, length: 2 }],
    ['weight_decay', f32],
    ['eps', f32],
    ['clip_grad_norm', option(f32)],
  ),
  variant(
    'Distro',
    ['clip_grad_norm', option(f32)],
    ['weight_decay', option(f32)],
    ['compression_decay', f32],
    ['compression_topk', u16],
    ['compression_chunk', u16],
    ['quantize_1bit', { kind: 'boolean' }],
  ),
);

const LLM = struct(
  ['max_seq_len', u32],
  ['cold_start_warmup_steps', u32],
  ['architecture', oneOf(unit('HfLlama'), unit('HfDeepseek'), unit('HfAuto'), unit('Torchtitan'))],
  [
    'checkpoint',
    oneOf(
      unit('Ephemeral'),
      newtype('Dummy', HUB_REPO),
      newtype('Hub', HUB_REPO),
      newtype('P2P', HUB_REPO),
      newtype('Gcs', GCS_REPO),
      newtype('P2PGcs', GCS_REPO),
    ),
  ],
  ['data_type', oneOf(unit('Pretraining'), unit('Finetuning'))],
  [
    'data_location',
    oneOf(
      unit('Dummy'),
      newtype('Server', S64),
      newtype('Local', S192),
      newtype('Http', HTTP_DATA),
      newtype('WeightedHttp', S192),
      newtype('Preprocessed', S192),
    ),
  ],
  ['lr_schedule', LR_SCHEDULE],
  ['optimizer', OPTIMIZER],
);

const CONFIG = struct(
  ['warmup_time', u64],
  ['cooldown_time', u64],
  ['max_round_train_time', u64],
  ['round_witness_time', u64],
  ['global_batch_size_warmup_tokens', u64],
  ['epoch_time', u64],
  ['total_steps', u32],
  ['init_min_clients', u16],
  ['min_clients', u16],
  ['witness_nodes', u16],
  ['global_batch_size_start', u16],
  ['global_batch_size_end', u16],
  ['verification_percent', u8],
  ['waiting_for_members_extra_time', u8],
);

/** The file: `[config]` and `[model]`. Types and order: PROTOCOL.md §3.1, §12. */
export const CONFIGURATION = struct(['config', CONFIG], ['model', oneOf(newtype('LLM', LLM))]);

/** What people read about a run. It is not in the file, but compared like the rest of the configuration. */
export const RUN_METADATA = struct(
  ['name', text(64)],
  ['description', text(280)],
  ['num_parameters', u64],
  ['vocab_size', u64],
);

/** The largest value of an integer type. */
export const INTEGER_MAX: Readonly<Record<IntegerType, bigint>> = {
  u8: 0xffn,
  u16: 0xffffn,
  u32: 0xffff_ffffn,
  u64: 0xffff_ffff_ffff_ffffn,
};

/** TOML integers are signed 64-bit for the program's own parser. Source: PROTOCOL.md §12. */
export const TOML_INTEGER_MAX = 2n ** 63n - 1n;
export const TOML_INTEGER_MIN = -(2n ** 63n);

function text(maxBytes: number): Shape {
  return { kind: 'text', maxBytes };
}

function option(of: Shape): Shape {
  return { kind: 'option', of };
}

function struct(...fields: Field[]): Shape & { readonly kind: 'struct' } {
  return { kind: 'struct', fields };
}

function oneOf(...variants: Variant[]): Shape & { readonly kind: 'enum' } {
  return { kind: 'enum', variants };
}

function unit(name: string): Variant {
  return { name, form: 'unit' };
}

function newtype(name: string, of: Shape): Variant {
  return { name, form: 'newtype', of };
}

function variant(name: string, ...fields: Field[]): Variant {
  return { name, form: 'struct', fields };
}
