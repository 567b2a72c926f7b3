import { adviseOnConfig } from '#core/config/advise-config.ts';
import { checkConfig } from '#core/config/check-config.ts';
import type { RunMetadata } from '#core/layouts/generated/coordinator.ts';
import type { RunConfiguration } from '#core/config/config-types.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { fail, pass, warn } from './checks.ts';
import type { Check } from './prepared.ts';
import type { RunMetadataInput } from './run-fields.ts';

/** The configuration a text holds, `undefined` when it does not parse or there is none. */
export function configurationOf(text: string | undefined): RunConfiguration | undefined {
  if (text === undefined) return undefined;
  const reading = parseConfig(text);
  return reading.kind === 'ok' ? { config: reading.config, model: reading.model } : undefined;
}

/** Everything that speaks against sending this text: what does not parse, and every rule the program checks. */
export function configurationChecks(text: string): Check[] {
  const reading = parseConfig(text);
  const warnings = reading.warnings.map(({ path, why, remedy }) =>
    warn(path, why, remedy ?? 'Correct it if this is not meant', 'configText'),
  );
  if (reading.kind === 'ok') return [...ruleChecks(reading), ...warnings];
  const problems = reading.problems.map(({ path, line, column, message, remedy }) =>
    fail(`Line ${line}, column ${column}: ${path}`, message, remedy ?? 'Correct the file', 'configText'),
  );
  return [...problems, ...warnings];
}

/** The rules as `update`, start and resume meet them, and what the program takes but the operator may regret. */
export function ruleChecks({ config, model }: RunConfiguration): Check[] {
  const broken = checkConfig(config, model).map(({ rule, path, message, remedy, errorName, code }) =>
    fail(`Rule ${rule}`, `${path}: ${message}. The program would answer ${errorName} (${code})`, remedy, 'configText'),
  );
  const advice = adviseOnConfig(config, model).map(({ path, message }) =>
    warn(path, message, 'Correct it if this is not meant', 'configText'),
  );
  const rules = broken.length === 0 ? [pass('Configuration', 'Passes every rule the program checks')] : broken;
  return [...rules, ...advice];
}

/** Metadata in the chain's field names. */
export function chainMetadata(input: RunMetadataInput): RunMetadata {
  return {
    name: input.name,
    description: input.description,
    num_parameters: input.parameters,
    vocab_size: input.vocabulary,
  };
}
