import type {
  CoordinatorConfig,
  LearningRateSchedule,
  LLM,
  OptimizerDefinition,
} from '#core/layouts/generated/coordinator.ts';

/**
 * A text of a fixed field. One that the field's limit cuts inside a character cannot be written as the same bytes from a
 * string: it is kept as those bytes.
 */
export type FixedText = string | Uint8Array;

/** `CoordinatorConfig`: times in seconds, batch sizes in samples. */
export type RunConfig = Readonly<CoordinatorConfig>;

type HubRepo = { readonly repo_id: FixedText; readonly revision: FixedText | null };
type GcsRepo = { readonly bucket: FixedText; readonly prefix: FixedText | null };

/** Where a run's first parameters come from. */
export type Checkpoint =
  | 'Ephemeral'
  | { readonly Dummy: HubRepo }
  | { readonly Hub: HubRepo }
  | { readonly P2P: HubRepo }
  | { readonly Gcs: GcsRepo }
  | { readonly P2PGcs: GcsRepo };

/** Where training data is served over HTTP. */
export type HttpLocation =
  | { readonly SingleUrl: FixedText }
  | {
      readonly NumberedFiles: {
        readonly url_template: FixedText;
        readonly start_index: number;
        readonly n_left_pad_zeros: number;
        readonly num_files: number;
      };
    }
  | { readonly Gcp: { readonly bucket_name: FixedText; readonly filter_directory: FixedText } };

/** Where training data comes from. */
export type DataLocation =
  | 'Dummy'
  | { readonly Server: FixedText }
  | { readonly Local: FixedText }
  | {
      readonly Http: {
        readonly location: HttpLocation;
        readonly token_size_in_bytes: 'TwoBytes' | 'FourBytes';
        readonly shuffle: 'DontShuffle' | { readonly Seeded: Uint8Array };
      };
    }
  | { readonly WeightedHttp: FixedText }
  | { readonly Preprocessed: FixedText };

/** `Model`: the generated type, with texts as a file may give them. Only language models exist. */
export type RunModel = {
  readonly LLM: Readonly<Omit<LLM, 'checkpoint' | 'data_location' | 'lr_schedule' | 'optimizer'>> & {
    readonly checkpoint: Checkpoint;
    readonly data_location: DataLocation;
    readonly lr_schedule: LearningRateSchedule;
    readonly optimizer: OptimizerDefinition;
  };
};

/** What a configuration file says. */
export type RunConfiguration = { readonly config: RunConfig; readonly model: RunModel };
