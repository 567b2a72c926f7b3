import { compareConfig, type ComparedRun, type ConfigDifference } from '#core/config/compare-config.ts';
import type { Checkpoint, RunModel } from '#core/config/config-types.ts';
import { restartDataIndex } from '#core/config/schedules.ts';
import type { CoordinatorAccount, CoordinatorProgress } from '#core/layouts/generated/coordinator.ts';
import type { RunChanges } from '#core/programs/change-run.ts';
import { chainMetadata, configurationOf } from '../configuration-parts.ts';
import type { UpdateConfigurationInput } from './input.ts';

/** What an update sends, each part as a whole. */
export type UpdateParts = Pick<RunChanges, 'metadata' | 'config' | 'model' | 'progress' | 'clientVersion'>;

/**
 * The parts that differ from the chain; the model also when the Hub is asked for. None when one that is asked for cannot be
 * sent: an update lands whole or not at all.
 */
export function partsToSend(input: UpdateConfigurationInput, run: CoordinatorAccount): UpdateParts {
  if (isUnreadable(input) || isModelBroken(input, run)) return {};
  const { metadata, config, model, client_version: clientVersion } = wantedOf(input, run);
  const touched = new Set(differencesOf(input, run).map(({ path }) => path.split('.')[0]));
  const progress = progressOf(input, run);
  return {
    ...(metadata && touched.has('metadata') && { metadata }),
    ...(config && touched.has('config') && { config }),
    ...(model && (touched.has('model') || input.switchToHub) && { model }),
    ...(progress && !isSameProgress(progress, run.state.coordinator.progress) && { progress }),
    ...(clientVersion !== undefined && touched.has('client_version') && { clientVersion }),
  };
}

/** What the update would change, value by value, in the order of the chain's fields. */
export function differencesOf(input: UpdateConfigurationInput, run: CoordinatorAccount): readonly ConfigDifference[] {
  const { metadata, client_version, coordinator } = run.state;
  const { config, model } = coordinator;
  const progress = progressOf(input, run);
  return [
    ...compareConfig({ config, model, metadata, client_version }, wantedOf(input, run)),
    ...(progress ? progressDifferences(coordinator.progress, progress) : []),
  ];
}

/** The configuration file does not parse. */
export function isUnreadable({ configText }: UpdateConfigurationInput): boolean {
  return configText !== undefined && !configurationOf(configText);
}

/** The stored model would have to be sent back, and cannot be: a text of it that is not UTF-8 would come out different. */
export function isModelBroken(
  { configText, switchToHub }: UpdateConfigurationInput,
  { state }: CoordinatorAccount,
): boolean {
  if (!switchToHub || configText !== undefined) return false;
  return JSON.stringify(state.coordinator.model).includes('\u{FFFD}');
}

function wantedOf(input: UpdateConfigurationInput, run: CoordinatorAccount): ComparedRun {
  const { metadata, clientVersion, configText } = input;
  const file = configurationOf(configText);
  const model = modelOf(input, run);
  return {
    ...(file && { config: file.config }),
    ...(model && { model }),
    ...(metadata && { metadata: chainMetadata(metadata) }),
    ...(clientVersion !== undefined && { client_version: clientVersion }),
  };
}

function modelOf(input: UpdateConfigurationInput, run: CoordinatorAccount): RunModel | undefined {
  const fromFile = configurationOf(input.configText)?.model;
  if (!input.switchToHub) return fromFile;
  // A file that does not parse is no reason to send the stored model in its place.
  if (isUnreadable(input) || isModelBroken(input, run)) return undefined;
  const { LLM: llm } = fromFile ?? run.state.coordinator.model;
  return { LLM: { ...llm, checkpoint: fromHub(llm.checkpoint) } };
}

/** The clients' copy and the dummy become the repository they name; the others stay. Source: PROTOCOL.md §10, update-config. */
function fromHub(checkpoint: Checkpoint): Checkpoint {
  if (checkpoint === 'Ephemeral') return checkpoint;
  if ('P2P' in checkpoint) return { Hub: checkpoint.P2P };
  return 'Dummy' in checkpoint ? { Hub: checkpoint.Dummy } : checkpoint;
}

/** Where training goes on; the data index follows from the schedule that will be stored. Source: PROTOCOL.md §10, update-config. */
function progressOf(input: UpdateConfigurationInput, run: CoordinatorAccount): CoordinatorProgress | undefined {
  const { restartFromStep: step } = input;
  if (step === undefined) return undefined;
  const { config: stored, model: storedModel, progress } = run.state.coordinator;
  const config = configurationOf(input.configText)?.config ?? stored;
  const model = modelOf(input, run) ?? storedModel;
  const epoch_start_data_index = restartDataIndex(config, model.LLM.max_seq_len, step);
  return { epoch: progress.epoch, step, epoch_start_data_index };
}

function isSameProgress(one: CoordinatorProgress, other: CoordinatorProgress): boolean {
  return progressDifferences(one, other).length === 0;
}

function progressDifferences(before: CoordinatorProgress, after: CoordinatorProgress): ConfigDifference[] {
  return (['step', 'epoch_start_data_index'] as const).flatMap((field) =>
    before[field] === after[field]
      ? []
      : [{ path: `progress.${field}`, before: String(before[field]), after: String(after[field]) }],
  );
}
