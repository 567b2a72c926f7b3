import { type Args, type CodeWords, several } from './atlas-entry.ts';

const isZero = (path: string) => (args: Args) => {
  const value = args.int(path);
  return value === undefined ? undefined : value === 0n;
};

const compare = (left: string, right: string, breaks: (left: bigint, right: bigint) => boolean) => (args: Args) => {
  const [one, other] = [args.int(left), args.int(right)];
  return one === undefined || other === undefined ? undefined : breaks(one, other);
};

/** One code for eleven rules and the cold start; the program logs only the last. Source: PROTOCOL §7.1, §7.3. */
export const CONFIG_SANITY: CodeWords = several(
  'The configuration breaks one of the coordinator’s rules, and the program does not say which one',
  'Open the run’s configuration: every rule is checked there in the program’s order and the broken one is named. On set_paused it is the stored configuration that is judged, on update the one being sent',
  [
    {
      when: 'cold_start_warmup_steps of the model is more than the rounds that fit between warm-up and the end of an epoch',
      check:
        'The log line “cold_start_warmup_steps (S) exceeds…”: S must be at most (epoch_time − warmup_time) ÷ max_round_train_time, rounded down',
      remedy: 'Lower cold_start_warmup_steps, lengthen epoch_time or shorten max_round_train_time',
      log: /cold_start_warmup_steps \(\d+\) exceeds/,
      help: 'update-configuration',
    },
    {
      when: 'epoch_time is 0; a run that was never configured has it so, and that is how starting it too early shows',
      check: 'config.epoch_time, in seconds, on the configuration screen; all times at 0 means nothing was ever sent',
      remedy: 'Send a whole configuration with an epoch_time above warmup_time, then start the run',
      holds: isZero('config.epoch_time'),
      help: 'update-configuration',
    },
    {
      when: 'warmup_time is as long as the epoch or longer, so no training would be left',
      check: 'config.warmup_time must be below config.epoch_time; both are seconds',
      remedy: 'Shorten warmup_time; 0 is allowed',
      holds: compare('config.warmup_time', 'config.epoch_time', (warmup, epoch) => warmup >= epoch && epoch > 0n),
      help: 'update-configuration',
    },
    {
      when: 'max_round_train_time is 0, or a single round would outlast the epoch',
      check: 'config.max_round_train_time must be at least 1 and below config.epoch_time',
      remedy: 'Give a round between 1 second and one second less than the epoch',
      holds: compare(
        'config.max_round_train_time',
        'config.epoch_time',
        (round, epoch) => round === 0n || (round >= epoch && epoch > 0n),
      ),
      help: 'update-configuration',
    },
    {
      when: 'round_witness_time is 0, so witnesses would have no time to report',
      check: 'config.round_witness_time, in seconds',
      remedy: 'Set round_witness_time to 1 or more',
      holds: isZero('config.round_witness_time'),
      help: 'update-configuration',
    },
    {
      when: 'min_clients is 0, so an epoch could go on with nobody in it',
      check: 'config.min_clients: how many clients must stay for the epoch to continue',
      remedy: 'Set min_clients to 1 or more, and init_min_clients to no less than that',
      holds: isZero('config.min_clients'),
      help: 'update-configuration',
    },
    {
      when: 'init_min_clients is below min_clients, or above the 256 clients an epoch can hold',
      check: 'config.init_min_clients against config.min_clients and the number 256',
      remedy: 'Choose init_min_clients from min_clients up to 256',
      holds: compare('config.init_min_clients', 'config.min_clients', (init, min) => init < min || init > 256n),
      help: 'update-configuration',
    },
    {
      when: 'A global batch size is 0, or it would shrink from start to end',
      check:
        'config.global_batch_size_start and config.global_batch_size_end: both above 0, the end no smaller than the start',
      remedy: 'Raise global_batch_size_end to at least global_batch_size_start; use the same number for a fixed batch',
      holds: compare(
        'config.global_batch_size_start',
        'config.global_batch_size_end',
        (start, end) => start === 0n || end === 0n || end < start,
      ),
      help: 'update-configuration',
    },
    {
      when: 'total_steps is 0, so there is nothing to train',
      check: 'config.total_steps: the step at which the run is finished for good',
      remedy: 'Set total_steps above the present step of the run',
      holds: isZero('config.total_steps'),
      help: 'update-configuration',
    },
    {
      when: 'witness_nodes asks for more witnesses than min_clients guarantees, or for more than 32',
      check: 'config.witness_nodes against config.min_clients; 0 stands for everybody, up to 32',
      remedy: 'Lower witness_nodes to min_clients or less, or set it to 0',
      holds: compare(
        'config.witness_nodes',
        'config.min_clients',
        (witnesses, min) => witnesses > 32n || (witnesses > min && min > 0n),
      ),
      help: 'update-configuration',
    },
    {
      when: 'cooldown_time is 0, so an epoch could never be closed with a checkpoint',
      check: 'config.cooldown_time, in seconds, after the last round of an epoch',
      remedy: 'Give the cooldown at least 1 second, and in practice as long as uploading a checkpoint takes',
      holds: isZero('config.cooldown_time'),
      help: 'update-configuration',
    },
    {
      when: 'waiting_for_members_extra_time is 0; older sample files lack the key altogether',
      check: 'config.waiting_for_members_extra_time: the seconds a full waiting room stays open, 1 to 255',
      remedy: 'Set waiting_for_members_extra_time to 3, or whatever late joiners need',
      holds: isZero('config.waiting_for_members_extra_time'),
      help: 'update-configuration',
    },
  ],
  ['update', 'set_paused'],
);

/** Source: PROTOCOL §7.2, §7.4, and H8: a bad progress step answers with the model's code. */
export const MODEL_SANITY: CodeWords = several(
  'The model breaks a rule, or the progress being sent has step 0: the program gives both the same code',
  'Read the log: a broken model rule writes “model check failed: …”. Without such a line it is the progress step',
  [
    {
      when: 'The model’s max_seq_len is 0',
      check: 'The log line “model check failed: max_seq_len is 0.” and model.LLM.max_seq_len',
      remedy: 'Set max_seq_len to the sequence length the model is trained with, in tokens',
      log: /model check failed: max_seq_len/,
      holds: isZero('max_seq_len'),
      help: 'update-configuration',
    },
    {
      when: 'The place the training data comes from is empty: a server, URL, template or bucket without a name, or 0 files',
      check:
        'The log line “model check failed: bad LLM training data location.” and model.LLM.data_location: Server, WeightedHttp, Preprocessed, SingleUrl, url_template, num_files, bucket_name',
      remedy: 'Fill in the data location; Dummy and Local pass without one',
      log: /model check failed: bad LLM training data location/,
      help: 'update-configuration',
    },
    {
      when: 'The checkpoint is Ephemeral, or a Hub, P2P, Gcs or P2PGcs checkpoint has no repository or bucket',
      check:
        'The log line “model check failed: bad checkpoint” and model.LLM.checkpoint; a new run has Ephemeral until a model is sent',
      remedy: 'Name a Hub repository or a bucket as checkpoint',
      log: /model check failed: bad checkpoint/,
      help: 'update-configuration',
    },
    {
      when: 'The optimizer is Dummy, which a new run has until a model is sent',
      check: 'The log line “model check failed: bad optimizer” and model.LLM.optimizer',
      remedy: 'Choose Distro or AdamW as optimizer',
      log: /model check failed: bad optimizer/,
      help: 'update-configuration',
    },
    {
      when: 'The progress being sent has step 0; the program calls that a bad model',
      check: 'progress.step in the decoded instruction, with no “model check failed” line in the log',
      remedy: 'Restart from step 1 or later',
      from: ['update'],
      holds: isZero('progress.step'),
      help: 'update-configuration',
    },
  ],
  ['update', 'set_paused'],
);
