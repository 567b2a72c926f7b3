import { expect } from 'vitest';
import type { Parts } from './machine.ts';
import { runScenario } from './run-scenario.ts';
import type { WorldOptions } from './world.ts';

/**
 * Runs a suite's seeds one after the other and fails with what to type to see one again.
 *
 * @param file - of the suite, from the root
 * @returns how many seeds, restarts and effects there were
 */
export async function runSeeds(
  seeds: readonly number[],
  optionsOf: (seed: number) => WorldOptions,
  file: string,
): Promise<{ readonly seeds: number; readonly starts: number; readonly effects: number }> {
  const totals = { seeds: 0, starts: 0, effects: 0 };
  const failed: string[] = [];
  for (const seed of seeds) {
    const { violations, starts, effects, log } = await runScenario(optionsOf(seed));
    totals.seeds += 1;
    totals.starts += starts;
    totals.effects += effects;
    if (violations.length === 0) continue;
    failed.push(`SIMULATOR_SEED=${seed} npx vitest run ${file}\n  ${[...new Set(violations)].join('\n  ')}`);
    if (seeds.length === 1) console.info(log.join('\n'));
  }
  expect(failed.join('\n')).toBe('');
  return totals;
}

/** Rules that are broken in any of these seeds, when parts of the app are replaced by broken ones. */
export async function brokenRules(
  seeds: readonly number[],
  optionsOf: (seed: number) => WorldOptions,
  parts: Partial<Parts>,
): Promise<ReadonlySet<string>> {
  const rules = new Set<string>();
  for (const seed of seeds) {
    const { violations } = await runScenario(optionsOf(seed), parts);
    for (const violation of violations) rules.add(violation.slice(0, violation.indexOf(':')));
  }
  return rules;
}
