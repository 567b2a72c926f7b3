import { CONFIGURATION } from './config-schema.ts';
import type { ConfigProblem, ConfigWarning } from './config-problem.ts';
import type { RunConfiguration } from './config-types.ts';
import { readShape } from './read-shape.ts';
import { readToml } from './read-toml.ts';
import { type Findings, REFUSED } from './shape-findings.ts';

/** What became of a configuration file. */
type ConfigReading =
  | ({ readonly kind: 'ok'; readonly warnings: readonly ConfigWarning[] } & RunConfiguration)
  | {
      readonly kind: 'refused';
      /** At least one; the first is the one the program's own parser would have stopped at. */
      readonly problems: readonly ConfigProblem[];
      readonly warnings: readonly ConfigWarning[];
    };

/** More of either than anybody reads; the rest is only counted. */
const MAX_FINDINGS = 100;

/**
 * Reads `config.toml`. Accepts and refuses exactly what the program's own parser does (PROTOCOL.md §12), except that `nan`
 * and keys such as `__proto__` are refused, files over 256 KiB and nesting over 32 as well. It never throws on any text and
 * says nothing about the rules of the program: see `checkConfig`.
 */
export function parseConfig(text: string): ConfigReading {
  const reading = readToml(text);
  if (reading.kind === 'refused') return { kind: 'refused', problems: [reading.problem], warnings: [] };
  const findings: Findings = { problems: reading.problems, warnings: [] };
  const read = readShape(CONFIGURATION, reading.value, { path: [], place: reading.root }, findings);
  const warnings = shortened(findings.warnings);
  if (findings.problems.length > 0 || read === REFUSED) {
    return { kind: 'refused', problems: findings.problems.slice(0, MAX_FINDINGS), warnings };
  }
  return { kind: 'ok', ...(read as RunConfiguration), warnings };
}

function shortened(warnings: readonly ConfigWarning[]): readonly ConfigWarning[] {
  if (warnings.length <= MAX_FINDINGS) return warnings;
  const rest: ConfigWarning = {
    path: '',
    why: `${warnings.length - MAX_FINDINGS} further warnings are not shown`,
    line: 1,
    column: 1,
  };
  return [...warnings.slice(0, MAX_FINDINGS), rest];
}
