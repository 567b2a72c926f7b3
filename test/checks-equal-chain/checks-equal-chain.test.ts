import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { OperationInput } from '#core/operations/request.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { TRIED, type Tried } from './inputs.ts';
import { tryRequest } from './try-request.ts';
import { type World, world, worldBeforeRun } from './world.ts';

/** Titles of checks that may fail although the chain accepts, one race a row of the table. */
const RACES = readFileSync('test/races.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, title]) => title ?? ''));

/** Generated cases per operation: half of what a property gets, since each is a chain of its own. */
const RUNS = Math.ceil(propertyRuns() / 2);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 4);

/** More cases are drawn until every refusal was met, up to this many times as many. */
const PATIENCE = 10;

describe('checks fail exactly when the chain refuses', () => {
  const met = new Map<string, Map<string, number>>();
  afterAll(() => {
    const lines = [...met].map(([kind, counts]) => {
      const words = [...counts].toSorted((one, other) => other[1] - one[1]).map(([what, count]) => `${what} ${count}×`);
      return `${kind}: ${words.join(', ')}`;
    });
    process.stdout.write(`${lines.join('\n')}\n`);
  });

  test('but for at most five races', () => {
    expect(RACES.length).toBeGreaterThan(0);
    expect(RACES.length).toBeLessThanOrEqual(5);
  });

  test.each(Object.entries<Tried>(TRIED).map(([kind, tried]) => ({ kind, tried })))(
    '$kind',
    async ({ kind, tried }) => {
      const counts = new Map<string, number>();
      met.set(kind, counts);
      const worlds = kind === 'create-run' ? worldBeforeRun : world;
      const compare = async (where: World, input: OperationInput) => {
        const verdict = await tryRequest(where, input);
        const what = 'keptBack' in verdict ? verdict.keptBack : (verdict.refusal ?? 'accepted');
        counts.set(what, (counts.get(what) ?? 0) + 1);
        if ('keptBack' in verdict) expect(verdict.fails).not.toEqual([]);
        else if (verdict.refusal !== undefined) expect(verdict.fails, what).not.toEqual([]);
        else if (!verdict.fails.some((title) => RACES.flat().includes(title))) expect(verdict.fails).toEqual([]);
      };
      const property = fc.asyncProperty(worlds, tried.input, compare);
      const missing = () => tried.refusals.filter((refusal) => !counts.has(refusal));
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
      for (let more = 1; more < PATIENCE && missing().length > 0; more += 1) {
        await fc.assert(property, { numRuns: RUNS, seed: SEED + more });
      }
      expect(missing(), 'refusals that no case met').toEqual([]);
    },
    600_000,
  );
});
