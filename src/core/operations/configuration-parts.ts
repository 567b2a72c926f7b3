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
  const reading = readingOf(text);
  return reading.kind === 'ok' ? { config: reading.config, model: reading.model } : undefined;
}

type Reading = ReturnType<typeof parseConfig>;

/** One preparation asks for the same text a dozen times, and a long one takes a hundredth of a second to read. */
let latest: { readonly text: string; readonly reading: Reading } | undefined;

function readingOf(text: string): Reading {
  if (latest?.text !== text) latest = { text, reading: parseConfig(text) };
  return latest.reading;
}

/** What the text itself is like: what does not parse, and what the program would take otherwise than it is written. */
export function readingChecks(text: string): Check[] {
  const reading = readingOf(text);
  const warnings = reading.warnings.map(({ path, why, remedy }) =>
    warn(path, why, remedy ?? 'Correct it if this is not meant', 'configText'),
  );
  if (reading.kind === 'ok') return warnings;
  const problems = reading.problems.map(({ path, line, column, message, remedy }) =>
    fail(`Line ${line}, column ${column}: ${path}`, message, remedy ?? 'Correct the file', 'configText'),
  );
  return [...problems, ...warnings];
}

/** The rules as `update`, start and resume meet them, and what the program takes but the operator may regret. */
export function ruleChecks({ config, model }: RunConfiguration): Check[] {
  return [...findingChecks(checkConfig(config, model)), ...adviceChecks({ config, model })];
}

/** Broken rules, in the order the program looks at them. */
export function findingChecks(findings: ReturnType<typeof checkConfig>): Check[] {
  if (findings.length === 0) return [pass('Configuration', 'Passes every rule the program checks')];
  return findings.map(({ rule, path, message, remedy, errorName, code }) =>
    fail(`Rule ${rule}`, `${path}: ${message}. The program would answer ${errorName} (${code})`, remedy, 'configText'),
  );
}

/** What the program takes and the operator may regret. */
export function adviceChecks({ config, model }: RunConfiguration): Check[] {
  return adviseOnConfig(config, model).map(({ path, message }) =>
    warn(path, message, 'Correct it if this is not meant', 'configText'),
  );
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
