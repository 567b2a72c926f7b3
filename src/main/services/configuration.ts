import { adviseOnConfig } from '#core/config/advise-config.ts';
import { checkConfig } from '#core/config/check-config.ts';
import type { ConfigFinding, ConfigReport } from '#core/config/config-report.ts';
import { insertableProblems, insertMissingKeys } from '#core/config/insert-missing.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { writeConfig } from '#core/config/write-config.ts';
import { CONFIG_TEXT_MAX_BYTES } from '#core/operations/run-fields.ts';
import type { Dialogs, Store, TextFiles } from '#main/ports.ts';
import { SAMPLE_CONFIG } from './sample-config.ts';

type Deps = { readonly dialogs: Dialogs; readonly files: TextFiles; readonly draft: Store<{ text: string }> };

type ConfigReading = ReturnType<typeof parseConfig>;

export type Configuration = ReturnType<typeof createConfiguration>;

/** Configuration files: opening, checking, repairing, and the unfinished form. */
export function createConfiguration({ dialogs, files, draft }: Deps) {
  return {
    async open() {
      const path = await dialogs.chooseFile({
        title: 'Open a configuration',
        button: 'Open',
        filters: [
          { name: 'Configuration', extensions: ['toml'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      if (path === undefined) return { kind: 'cancelled' as const };
      const text = await files.read(path, CONFIG_TEXT_MAX_BYTES);
      return { kind: 'opened' as const, fileName: path.split(/[\\/]/).at(-1) ?? '', text };
    },

    check: reportOn,

    insertMissing(text: string): string {
      const reading = parseConfig(text);
      return reading.kind === 'ok' ? text : insertMissingKeys(text, reading.problems);
    },

    sample: () => SAMPLE_CONFIG,
    saveDraft: (text: string) => draft.update(() => ({ text })),
    readDraft: () => draft.read().text,
  };
}

/** What a configuration text says, and whether the chain would take it. */
export function reportOn(text: string): ConfigReport {
  const reading = parseConfig(text);
  const sizeBytes = new TextEncoder().encode(text).length;
  const warnings = reading.warnings.map(({ path, line, column, why, remedy }): ConfigFinding => ({
    level: 'warning',
    path,
    line,
    column,
    message: why,
    remedy: remedy ?? '',
  }));
  if (reading.kind === 'refused') {
    const insertable = insertableProblems(reading.problems).map(({ path }) => path);
    return { acceptable: false, findings: [...problemsOf(reading), ...warnings], insertable, values: [], sizeBytes };
  }
  const rules = brokenRules(reading);
  const advice = adviseOnConfig(reading.config, reading.model).map(({ path, message }): ConfigFinding => ({
    level: 'warning',
    path,
    line: 0,
    column: 0,
    message,
    remedy: '',
  }));
  return {
    acceptable: rules.length === 0,
    findings: [...rules, ...warnings, ...advice],
    insertable: [],
    values: valuesOf(writeConfig(reading)),
    sizeBytes,
  };
}

function problemsOf({ problems }: Extract<ConfigReading, { kind: 'refused' }>): ConfigFinding[] {
  return problems.map(({ path, line, column, message, remedy, expected }) => ({
    level: 'error',
    path,
    line,
    column,
    message,
    remedy: remedy ?? (expected === undefined ? '' : `It must be ${expected}`),
  }));
}

function brokenRules({ config, model }: Extract<ConfigReading, { kind: 'ok' }>): ConfigFinding[] {
  return checkConfig(config, model).map(({ path, message, remedy, code, errorName }) => ({
    level: 'rule',
    path,
    line: 0,
    column: 0,
    message,
    remedy,
    programError: `${code} ${errorName}`,
  }));
}

/** The values as the normal form of the file spells them: `key = value` lines under `[table]` headers. */
function valuesOf(toml: string): ConfigReport['values'] {
  let table = '';
  return toml.split('\n').flatMap((line) => {
    const header = /^\[+([^\]]+)\]+$/.exec(line)?.[1];
    if (header !== undefined) table = `${header}.`;
    const value = /^(\S+) = (.*)$/.exec(line);
    return value ? [{ path: table + (value[1] ?? ''), value: value[2] ?? '' }] : [];
  });
}
