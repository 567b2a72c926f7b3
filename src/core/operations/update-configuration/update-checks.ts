import { checkConfig } from '#core/config/check-config.ts';
import { MAX_CLIENTS } from '#core/layouts/programs.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { adviceChecks, findingChecks, readingChecks } from '../configuration-parts.ts';
import type { Check } from '../prepared.ts';
import { isHalted, type RunFacts } from '../run-facts.ts';
import { countText } from '../time-text.ts';
import type { UpdateConfigurationInput } from './input.ts';
import { isModelBroken, isUnreadable, partsToSend, type UpdateParts } from './update-parts.ts';

/** Every rule that could refuse the parts that are sent, in the program's order. Source: PROTOCOL.md §4.1 `update`, §7. */
export function updateChecks(input: UpdateConfigurationInput, { run }: RunFacts): Check[] {
  const parts = partsToSend(input, run);
  return [
    ...stateChecks(input.runId, parts, run),
    ...ruleChecks(parts, run),
    ...progressChecks(parts, run),
    ...(input.configText === undefined ? [] : readingChecks(input.configText)),
    ...nothingChecks(input, parts, run),
    ...trapChecks(input, parts, run),
  ];
}

type Run = RunFacts['run'];

function stateChecks(runId: string, { metadata, config, model, progress, clientVersion }: UpdateParts, run: Run) {
  const { run_state: state, pending_pause: isPausing } = run.state.coordinator;
  if (state === 'Finished' && (config || model || progress || metadata)) {
    return [fail('State', 'The run is Finished: that is final (UpdateConfigFinished 6000)', 'Create a new run')];
  }
  if (!isHalted(state) && (config || model || progress || clientVersion !== undefined)) {
    const reason = `The run is ${state}: configuration, progress and client version change only while it does not run (UpdateConfigNotHalted 6001)`;
    if (isPausing) return [fail('State', reason, 'Wait until the pending pause takes effect')];
    return [
      withAction(fail('State', reason, 'Pause it first'), 'Pause it', { kind: 'set-paused', runId, paused: true }),
    ];
  }
  return [pass('State', state)];
}

/** Configuration and model are checked only when they are sent; the cold start on the pair that will be stored. */
function ruleChecks({ config, model }: UpdateParts, run: Run): Check[] {
  if (!config && !model) return [];
  const { config: storedConfig, model: storedModel } = run.state.coordinator;
  const stored = { config: config ?? storedConfig, model: model ?? storedModel };
  const broken = checkConfig(stored.config, stored.model).filter(({ why }) => {
    if (why === 'cold start check') return true;
    return why === 'model check' ? model !== undefined : config !== undefined;
  });
  const aborts = stored.config.max_round_train_time === 0n && stored.model.LLM.cold_start_warmup_steps > 0;
  const division =
    aborts && !config
      ? [
          fail(
            'Cold start',
            `cold_start_warmup_steps is ${stored.model.LLM.cold_start_warmup_steps}, but the run has no configuration yet: the program would divide by zero and abort (ProgramFailedToComplete)`,
            'Send the configuration together with the model',
            'configText',
          ),
        ]
      : [];
  return [
    ...(division.length === 0 || broken.length > 0 ? findingChecks(broken) : []),
    ...division,
    ...adviceChecks(stored),
  ];
}

function progressChecks({ progress, config }: UpdateParts, run: Run): Check[] {
  const { run_state: state, progress: stored, config: storedConfig } = run.state.coordinator;
  const { step } = progress ?? stored;
  const total = (config ?? storedConfig).total_steps;
  if (!progress) {
    if (!config || state === 'Uninitialized' || step < total) return [];
    return [noStepsLeft(step, total, 'configText')];
  }
  if (step === 0) {
    const reason = 'Steps count from 1 (the program answers ModelSanityCheckFailed 6005)';
    return [fail('Restart', reason, 'Restart from step 1', 'restartFromStep')];
  }
  if (state === 'Uninitialized') {
    const index = progress.epoch_start_data_index;
    const data = index === 0n ? '' : `, while the data still begins at index ${index}`;
    const reason = `The first start sets the step to 1: step ${step} would be lost${data}`;
    return [warn('Restart', reason, 'Start the run once and pause it, then restart from the step', 'restartFromStep')];
  }
  return step >= total ? [noStepsLeft(step, total, 'restartFromStep')] : [];
}

function noStepsLeft(step: number, total: number, field: string): Check {
  const reason = `Step ${step} of ${total}: no step is left, so the run could not be resumed (CoordinatorErrorHalted 6015)`;
  return warn('Steps', reason, 'Raise total_steps or restart from an earlier step', field);
}

function nothingChecks(input: UpdateConfigurationInput, parts: UpdateParts, run: Run): Check[] {
  if (isModelBroken(input, run)) {
    const reason = 'The stored model has a text that is not UTF-8: sent again it would come out different';
    return [fail('Model', reason, 'Give the whole configuration as a file', 'configText')];
  }
  if (Object.keys(parts).length > 0) return [];
  if (isUnreadable(input)) {
    const reason = 'The configuration file does not parse, and nothing is sent without it';
    return [fail('Nothing can be sent yet', reason, 'Correct the lines above', 'configText')];
  }
  return [fail('Nothing to send', 'Everything is on chain already as you have it here', 'Change something first')];
}

function trapChecks(
  { runId, switchToHub }: UpdateConfigurationInput,
  { config, model }: UpdateParts,
  run: Run,
): Check[] {
  return [
    ...(config ? roomChecks(runId, config.global_batch_size_end, run) : []),
    ...(switchToHub ? hubChecks(model, run) : []),
  ];
}

/** New clients are refused exactly when as many are known as `global_batch_size_end`. Source: PROTOCOL.md §4.1 `join_run`. */
function roomChecks(runId: string, end: number, run: Run): Check[] {
  const known = run.state.clients_state.clients.length;
  if (known === 0 || end > known) return [];
  const clients = countText(known, 'client');
  const reason =
    end === known
      ? `global_batch_size_end is ${end} and ${clients} are known: nobody new can join any more (MoreClientsThanBatches 6022)`
      : `global_batch_size_end is ${end}, but ${clients} are known already: the limit is never met exactly, so new clients join up to ${MAX_CLIENTS}, and some get no data`;
  const warning = warn('Room for clients', reason, `Set it to more than ${known}`, 'configText');
  return [withAction(warning, 'Look at its clients', { kind: 'run', runId })];
}

function hubChecks(model: UpdateParts['model'], run: Run): Check[] {
  const { checkpoint: stored } = run.state.coordinator.model.LLM;
  const { checkpoint } = model?.LLM ?? { checkpoint: stored };
  if (checkpoint !== 'Ephemeral' && 'Hub' in checkpoint) return [];
  const kind = checkpoint === 'Ephemeral' ? checkpoint : Object.keys(checkpoint).join();
  const reason = `The checkpoint is ${kind}: only P2P and Dummy become Hub, so it stays as it is`;
  return [warn('Hub', reason, 'Name a Hub checkpoint in the configuration', 'switchToHub')];
}
