import type { Checkpoint, DataLocation, FixedText, HttpLocation, RunConfig, RunModel } from './config-types.ts';

/** A rule of the program that a configuration breaks. */
type RuleFinding = {
  /** The rule's own name, such as `WitnessNodes`. */
  readonly rule: string;
  /** Which of the program's checks it belongs to, in stable words. */
  readonly why: string;
  /** Key path of the value to change. */
  readonly path: string;
  /** 6004 ConfigSanityCheckFailed or 6005 ModelSanityCheckFailed. Source: PROTOCOL.md §6. */
  readonly code: 6004 | 6005;
  readonly errorName: 'ConfigSanityCheckFailed' | 'ModelSanityCheckFailed';
  /** What the program would log; `null` for the rules it refuses without a word. */
  readonly log: string | null;
  /** What is wrong, with the values. */
  readonly message: string;
  readonly remedy: string;
};

/** The most clients an epoch can hold. Source: PROTOCOL.md §7.1 rule 6. */
const MAX_CLIENTS = 256;

/** The most witnesses a round can hold. Source: PROTOCOL.md §7.1 rule 9. */
const MAX_WITNESSES = 32;

/**
 * The rules that `update` and resume check, in the program's order: configuration, model, cold start (PROTOCOL.md §7.1 to
 * §7.3). All broken rules are reported; the first is the one the program would fail with. Empty: it would pass.
 */
export function checkConfig(config: RunConfig, model: RunModel): readonly RuleFinding[] {
  return [...checkConfigRules(config), ...checkModelRules(model), ...checkColdStart(config, model)];
}

/** `CoordinatorConfig::check`, PROTOCOL.md §7.1. */
function checkConfigRules(config: RunConfig): readonly RuleFinding[] {
  return [
    ...epochRules(config),
    ...roundRules(config),
    ...clientRules(config),
    ...batchRules(config),
    ...(config.total_steps === 0
      ? [configRule('TotalSteps', 'total_steps', 'total_steps is 0', 'Set the number of steps to train')]
      : []),
    ...witnessRules(config),
    ...(config.cooldown_time === 0n
      ? [configRule('CooldownTime', 'cooldown_time', 'cooldown_time is 0', 'Set it to at least 1 second')]
      : []),
    ...(config.waiting_for_members_extra_time === 0
      ? [
          configRule(
            'WaitingForMembersExtraTime',
            'waiting_for_members_extra_time',
            'waiting_for_members_extra_time is 0',
            'Set it to at least 1 second; 3 is usual',
          ),
        ]
      : []),
  ];
}

function epochRules({ epoch_time, warmup_time }: RunConfig): RuleFinding[] {
  const findings: RuleFinding[] = [];
  if (epoch_time === 0n) {
    findings.push(configRule('EpochTime', 'epoch_time', 'epoch_time is 0', 'Set how many seconds an epoch lasts'));
  }
  if (warmup_time >= epoch_time) {
    const message = `warmup_time (${warmup_time} s) is not shorter than epoch_time (${epoch_time} s)`;
    findings.push(configRule('WarmupTime', 'warmup_time', message, 'Shorten warmup_time or lengthen epoch_time'));
  }
  return findings;
}

function roundRules({ epoch_time, max_round_train_time, round_witness_time }: RunConfig): RuleFinding[] {
  const findings: RuleFinding[] = [];
  if (max_round_train_time === 0n) {
    const remedy = 'Set how many seconds a round may train';
    findings.push(configRule('MaxRoundTrainTime', 'max_round_train_time', 'max_round_train_time is 0', remedy));
  } else if (max_round_train_time >= epoch_time) {
    const message = `max_round_train_time (${max_round_train_time} s) is not shorter than epoch_time (${epoch_time} s)`;
    const remedy = 'Shorten max_round_train_time or lengthen epoch_time';
    findings.push(configRule('MaxRoundTrainTime', 'max_round_train_time', message, remedy));
  }
  if (round_witness_time === 0n) {
    const remedy = 'Set it to at least 1 second';
    findings.push(configRule('RoundWitnessTime', 'round_witness_time', 'round_witness_time is 0', remedy));
  }
  return findings;
}

function clientRules({ min_clients, init_min_clients }: RunConfig): RuleFinding[] {
  const findings: RuleFinding[] = [];
  if (min_clients === 0) {
    findings.push(configRule('MinClients', 'min_clients', 'min_clients is 0', 'Set it to at least 1'));
  }
  if (init_min_clients < min_clients) {
    const message = `init_min_clients (${init_min_clients}) is smaller than min_clients (${min_clients})`;
    const remedy = `Raise init_min_clients to at least ${min_clients}`;
    findings.push(configRule('InitMinClients', 'init_min_clients', message, remedy));
  } else if (init_min_clients > MAX_CLIENTS) {
    const message = `init_min_clients is ${init_min_clients}, but an epoch holds at most ${MAX_CLIENTS} clients`;
    findings.push(configRule('InitMinClients', 'init_min_clients', message, `Lower it to at most ${MAX_CLIENTS}`));
  }
  return findings;
}

function batchRules({ global_batch_size_start: start, global_batch_size_end: end }: RunConfig): RuleFinding[] {
  const rule = (path: string, message: string, remedy: string) => [
    configRule('GlobalBatchSize', path, message, remedy),
  ];
  if (start === 0) return rule('global_batch_size_start', 'global_batch_size_start is 0', 'Set it to at least 1');
  if (end === 0) return rule('global_batch_size_end', 'global_batch_size_end is 0', 'Set it to at least 1');
  if (end >= start) return [];
  const message = `global_batch_size_end (${end}) is smaller than global_batch_size_start (${start})`;
  return rule('global_batch_size_end', message, 'The batch size may only grow: raise the end or lower the start');
}

function witnessRules({ witness_nodes, min_clients }: RunConfig): RuleFinding[] {
  if (witness_nodes > min_clients) {
    const message = `witness_nodes (${witness_nodes}) is larger than min_clients (${min_clients})`;
    const remedy = `Lower it to at most ${Math.min(min_clients, MAX_WITNESSES)}, or 0 for everybody`;
    return [configRule('WitnessNodes', 'witness_nodes', message, remedy)];
  }
  if (witness_nodes <= MAX_WITNESSES) return [];
  const message = `witness_nodes is ${witness_nodes}, but a round holds at most ${MAX_WITNESSES} witnesses`;
  return [
    configRule('WitnessNodes', 'witness_nodes', message, `Lower it to at most ${MAX_WITNESSES}, or 0 for everybody`),
  ];
}

/** `Model::check`, PROTOCOL.md §7.2. */
function checkModelRules({ LLM: llm }: RunModel): readonly RuleFinding[] {
  const findings: RuleFinding[] = [];
  if (llm.max_seq_len === 0) {
    const log = 'model check failed: max_seq_len is 0.';
    findings.push(modelRule('MaxSeqLen', 'max_seq_len', log, 'max_seq_len is 0', 'Set the tokens in a sequence'));
  }
  const data = emptyDataLocation(llm.data_location);
  if (data !== undefined) {
    const log = 'model check failed: bad LLM training data location.';
    findings.push(modelRule('DataLocation', 'data_location', log, data, 'Say where the training data is'));
  }
  const checkpoint = badCheckpoint(llm.checkpoint);
  if (checkpoint !== undefined) {
    const log = 'model check failed: bad checkpoint';
    findings.push(modelRule('Checkpoint', 'checkpoint', log, checkpoint, 'Name the repository to start from'));
  }
  if (llm.optimizer === 'Dummy') {
    const log = 'model check failed: bad optimizer';
    const message = 'The optimizer is Dummy, which the program refuses';
    findings.push(modelRule('Optimizer', 'optimizer', log, message, 'Use Distro or AdamW'));
  }
  return findings;
}

/** The program looks at the first byte; texts have no zero bytes here. Source: PROTOCOL.md §7.2. */
function isEmptyText(text: FixedText): boolean {
  return text.length === 0;
}

function emptyDataLocation(location: DataLocation): string | undefined {
  if (location === 'Dummy' || 'Local' in location) return undefined;
  if ('Http' in location) return emptyHttpLocation(location.Http.location);
  const [[name, text] = ['', '']] = Object.entries(location);
  return isEmptyText(text) ? `The data location ${name} is empty` : undefined;
}

function emptyHttpLocation(location: HttpLocation): string | undefined {
  if ('SingleUrl' in location)
    return isEmptyText(location.SingleUrl) ? 'The data location SingleUrl is empty' : undefined;
  if ('Gcp' in location) {
    return isEmptyText(location.Gcp.bucket_name) ? 'The data location Gcp has an empty bucket_name' : undefined;
  }
  const { url_template, num_files } = location.NumberedFiles;
  if (isEmptyText(url_template)) return 'The data location NumberedFiles has an empty url_template';
  return num_files === 0 ? 'The data location NumberedFiles has num_files = 0' : undefined;
}

function badCheckpoint(checkpoint: Checkpoint): string | undefined {
  if (checkpoint === 'Ephemeral') return 'The checkpoint is Ephemeral, which the program refuses';
  if ('Dummy' in checkpoint) return undefined;
  const [[name, repo] = ['', undefined]] = Object.entries(checkpoint);
  if (repo === undefined) return undefined;
  if ('repo_id' in repo) return isEmptyText(repo.repo_id) ? `The checkpoint ${name} has an empty repo_id` : undefined;
  return isEmptyText(repo.bucket) ? `The checkpoint ${name} has an empty bucket` : undefined;
}

/**
 * The cold start check on the pair that would be stored, PROTOCOL.md §7.3. Times that other rules refuse leave nothing to
 * compute, so they give no finding here.
 */
function checkColdStart(config: RunConfig, model: RunModel): readonly RuleFinding[] {
  const steps = BigInt(model.LLM.cold_start_warmup_steps);
  const { epoch_time, warmup_time, max_round_train_time } = config;
  if (steps === 0n || max_round_train_time === 0n || warmup_time > epoch_time) return [];
  const rounds = (epoch_time - warmup_time) / max_round_train_time;
  if (steps <= rounds) return [];
  const sum = `(epoch_time=${epoch_time} - warmup_time=${warmup_time}) / max_round_train_time=${max_round_train_time} = ${rounds}`;
  return [
    {
      rule: 'ColdStart',
      why: 'cold start check',
      path: 'model.LLM.cold_start_warmup_steps',
      code: 6004,
      errorName: 'ConfigSanityCheckFailed',
      log: `cold_start_warmup_steps (${steps}) exceeds estimated training rounds per epoch (${sum})`,
      message: `cold_start_warmup_steps is ${steps}, but an epoch has only ${rounds} rounds: (${epoch_time} s − ${warmup_time} s) ÷ ${max_round_train_time} s`,
      remedy: `Lower it to at most ${rounds}, or lengthen epoch_time`,
    },
  ];
}

function configRule(rule: string, key: string, message: string, remedy: string): RuleFinding {
  const path = `config.${key}`;
  const why = `config check: ${rule}`;
  return { rule, why, path, code: 6004, errorName: 'ConfigSanityCheckFailed', log: null, message, remedy };
}

function modelRule(rule: string, key: string, log: string, message: string, remedy: string): RuleFinding {
  const path = `model.LLM.${key}`;
  return { rule, why: 'model check', path, code: 6005, errorName: 'ModelSanityCheckFailed', log, message, remedy };
}
