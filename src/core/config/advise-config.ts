import type { RunConfig, RunModel } from './config-types.ts';

/** Something the program accepts and the operator will probably regret. */
type ConfigAdvice = { readonly path: string; readonly message: string };

/** The most clients an epoch can hold. Source: PROTOCOL.md §7.1 rule 6. */
const MAX_CLIENTS = 256;

/** What a configuration that passes every check may still do to the run. */
export function adviseOnConfig(config: RunConfig, model: RunModel): readonly ConfigAdvice[] {
  return [
    ...adviseOnVerification(config),
    ...adviseOnClients(config),
    ...adviseOnSchedule(config, model),
    ...adviseOnFloats(model),
  ];
}

/** Source: PROTOCOL.md §7.1, last paragraph. */
function adviseOnVerification({ verification_percent: percent }: RunConfig): ConfigAdvice[] {
  if (percent === 0) return [];
  const effect =
    percent > 100
      ? 'every witness would fail with error 6020'
      : 'it creates verifiers, which neither the program nor the training clients implement';
  return [
    { path: 'config.verification_percent', message: `verification_percent is ${percent}: ${effect}; set it to 0` },
  ];
}

/** Source: PROTOCOL.md §4.1 `join_run`: a run takes as many different wallets as `global_batch_size_end`, once and for all. */
function adviseOnClients({ global_batch_size_end: batch, init_min_clients, min_clients }: RunConfig): ConfigAdvice[] {
  const advice: ConfigAdvice[] = [];
  if (batch < init_min_clients) {
    advice.push({
      path: 'config.global_batch_size_end',
      message: `Only ${batch} wallets can ever join (global_batch_size_end), but the run starts with ${init_min_clients} (init_min_clients): it would wait forever`,
    });
  } else if (batch < MAX_CLIENTS) {
    advice.push({
      path: 'config.global_batch_size_end',
      message: `Only ${batch} different wallets can ever join this run: the list of clients never shrinks and is limited by global_batch_size_end`,
    });
  }
  if (min_clients > MAX_CLIENTS) {
    advice.push({ path: 'config.min_clients', message: `An epoch holds at most ${MAX_CLIENTS} clients` });
  }
  return advice;
}

function adviseOnSchedule({ total_steps }: RunConfig, model: RunModel): ConfigAdvice[] {
  const schedule = model.LLM.lr_schedule;
  const decay = 'Linear' in schedule ? schedule.Linear : 'Cosine' in schedule ? schedule.Cosine : undefined;
  if (decay === undefined) return [];
  const path = `model.LLM.lr_schedule.${'Linear' in schedule ? 'Linear' : 'Cosine'}.total_steps`;
  if (decay.total_steps <= decay.warmup_steps) {
    return [
      {
        path,
        message: `The schedule ends at step ${decay.total_steps}, before its warmup does (${decay.warmup_steps})`,
      },
    ];
  }
  if ('Cosine' in schedule && total_steps > decay.total_steps) {
    return [
      {
        path,
        message: `The cosine ends at step ${decay.total_steps} and rises again until the run ends at ${total_steps}`,
      },
    ];
  }
  return [];
}

/** A float written too large for its field becomes infinity without a word. Source: PROTOCOL.md §12. */
function adviseOnFloats(model: RunModel): ConfigAdvice[] {
  const { lr_schedule, optimizer } = model.LLM;
  const found: ConfigAdvice[] = [];
  const groups = { lr_schedule, ...(optimizer !== 'Dummy' && { optimizer }) };
  for (const [key, group] of Object.entries(groups)) {
    for (const [variant, fields] of Object.entries<Readonly<Record<string, unknown>>>(group)) {
      for (const [name, value] of Object.entries(fields)) {
        const isInfinite = [value].flat().some((each) => each === Infinity || each === -Infinity);
        if (isInfinite) found.push({ path: `model.LLM.${key}.${variant}.${name}`, message: `${name} is infinite` });
      }
    }
  }
  return found;
}
