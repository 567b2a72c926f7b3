import { compareConfig, type ComparedRun, type ConfigDifference } from '#core/config/compare-config.ts';
import { chainMetadata, configurationOf } from '../configuration-parts.ts';
import type { ExistingRun } from './create-run-facts.ts';
import type { CreateRunInput } from './input.ts';

/** The rates asked for, when the chain has others. */
export function differingRates(
  { rewards }: CreateRunInput,
  existing: ExistingRun | undefined,
): { earning?: bigint | undefined; slashing?: bigint | undefined } | undefined {
  if (!rewards) return undefined;
  const now = existing?.run.state.clients_state.future_epoch_rates;
  const earning = rewards.earning === (now?.earning_rate_total_shared ?? 0n) ? undefined : rewards.earning;
  const slashing = rewards.slashing === (now?.slashing_rate_per_client ?? 0n) ? undefined : rewards.slashing;
  return earning === undefined && slashing === undefined ? undefined : { earning, slashing };
}

export function isStarted({ run }: ExistingRun): boolean {
  return run.state.coordinator.run_state !== 'Uninitialized';
}

/** Whether the run is another one than the input describes, apart from what its vault holds. */
export function differsFrom(existing: ExistingRun, input: CreateRunInput): boolean {
  const wanted = { ...configurationOf(input.configText), client_version: input.clientVersion };
  return differences(existing, wanted).length > 0 || differingRates(input, existing) !== undefined;
}

export function differences({ run }: ExistingRun, wanted: ComparedRun): readonly ConfigDifference[] {
  const { config, model } = run.state.coordinator;
  return compareConfig({ config, model, client_version: run.state.client_version }, wanted);
}

/** Whether the run still needs its name; a new one has none. */
export function isRenamed(input: CreateRunInput, existing: ExistingRun | undefined): boolean {
  const blank = { name: '', description: '', num_parameters: 0n, vocab_size: 0n };
  const metadata = chainMetadata(input.metadata);
  return compareConfig({ metadata: existing?.run.state.metadata ?? blank }, { metadata }).length > 0;
}
