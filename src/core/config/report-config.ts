import { adviseOnConfig } from './advise-config.ts';
import { checkConfig } from './check-config.ts';
import type { ConfigFinding, ConfigReport } from './config-report.ts';
import type { Position } from './config-problem.ts';
import { insertableProblems } from './insert-missing.ts';
import { listValues } from './list-values.ts';
import { parseConfig } from './parse-config.ts';
import { readToml } from './read-toml.ts';

/** Everything there is to say about a configuration text: what does not parse, what the program refuses, what to know. */
export function reportConfig(text: string): ConfigReport {
  const reading = parseConfig(text);
  const sizeBytes = new TextEncoder().encode(text).length;
  const warnings = reading.warnings.map(({ path, line, column, why, remedy = '' }): ConfigFinding => ({
    level: 'warning',
    path,
    line,
    column,
    message: why,
    remedy,
  }));
  if (reading.kind === 'refused') {
    const errors = reading.problems.map(({ path, line, column, message, remedy = '' }): ConfigFinding => ({
      level: 'error',
      path,
      line,
      column,
      message,
      remedy,
    }));
    const insertable = insertableProblems(reading.problems).map(({ path }) => path);
    return { acceptable: false, findings: [...errors, ...warnings], insertable, values: [], sizeBytes };
  }
  const { config, model } = reading;
  const place = placesIn(text);
  const rules = checkConfig(config, model).map(({ path, message, remedy, code, errorName }): ConfigFinding => ({
    level: 'rule',
    path,
    ...place(path),
    message,
    remedy,
    programError: `${code} ${errorName}`,
  }));
  const advice = adviseOnConfig(config, model).map(({ path, message }): ConfigFinding => ({
    level: 'warning',
    path,
    ...place(path),
    message,
    remedy: '',
  }));
  return {
    acceptable: rules.length === 0,
    findings: [...rules, ...warnings, ...advice],
    insertable: [],
    values: [...listValues(reading)],
    sizeBytes,
  };
}

/** Where a key path stands in the text; as near as the text goes when a table was written as a list. */
function placesIn(text: string): (path: string) => Position {
  const reading = readToml(text);
  return (path) => {
    let place = reading.kind === 'read' ? reading.root : undefined;
    for (const key of path.split('.')) place = place?.children.get(key) ?? place;
    return { line: place?.at.line ?? 0, column: place?.at.column ?? 0 };
  };
}
