import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { OperationInput } from '#core/operations/request.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { INPUTS, type Kind } from './inputs.ts';
import { NEVER, REFUSALS, UNREACHABLE } from './refusals.ts';
import { PEOPLE } from './people.ts';
import { RUN_ID } from './stage-world.ts';
import { tryRequest } from './try-request.ts';
import { type World, world, worldBeforeRun } from './world.ts';

/** Checks that may fail although the chain accepts: operation and title, one a row of the table. */
const RACES = readFileSync('test/races.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((row) => {
    const [, operation = '', title = ''] = row.split('|').map((cell) => cell.replaceAll('`', '').trim());
    return { operation, title };
  });

/** Cases per operation for each run of a property; the ones with more to combine get more. */
const WEIGHTS: Partial<Record<Kind, number>> = { 'create-run': 0.8, 'update-configuration': 0.5, 'top-up': 0.4 };
const casesOf = (kind: Kind) => Math.ceil(propertyRuns() * (WEIGHTS[kind] ?? 0.2));
const SEED = Number(process.env['PROPERTY_SEED'] ?? 4);

/** More cases are drawn until every refusal was met, up to this many times so many. */
const PATIENCE = { times: 30, cases: 100 };

describe('checks fail exactly when the chain refuses', () => {
  const met = new Map<Kind, Map<string, number>>();
  afterAll(() => {
    const never = Object.entries(NEVER).map(([codes, why]) => `never, in any operation, ${codes}: ${why}`);
    process.stdout.write(`${[...[...met].map(([kind, counts]) => report(kind, counts)), ...never].join('\n')}\n`);
  });

  test('but for at most five races, each of one operation and one check', () => {
    expect(RACES.length).toBeGreaterThan(0);
    expect(RACES.length).toBeLessThanOrEqual(5);
    for (const { operation } of RACES) expect(Object.keys(INPUTS)).toContain(operation);
  });

  test('a repository text of more than 64 bytes never becomes a request', () => {
    const given = (repository: string) => ({
      kind: 'checkpoint',
      runId: RUN_ID,
      user: PEOPLE.user,
      repository: { kind: 'hub', repository },
    });
    expect(OperationInput.safeParse(given('x'.repeat(64))).success).toBe(true);
    expect(OperationInput.safeParse(given('x'.repeat(65))).success).toBe(false);
    expect(OperationInput.safeParse(given('\u{e9}'.repeat(33))).success).toBe(false);
  });

  test.each((Object.keys(INPUTS) as Kind[]).map((kind) => ({ kind })))(
    '$kind',
    async ({ kind }) => {
      const counts = new Map<string, number>();
      met.set(kind, counts);
      const excused = RACES.filter(({ operation }) => operation === kind).map(({ title }) => title);
      const compare = async (where: World, input: OperationInput) => {
        const verdict = await tryRequest(where, input);
        const what = 'keptBack' in verdict ? verdict.keptBack : (verdict.refusal ?? 'accepted');
        counts.set(what, (counts.get(what) ?? 0) + 1);
        if ('keptBack' in verdict || verdict.refusal !== undefined) expect(verdict.fails, what).not.toEqual([]);
        else expect(verdict.fails.filter((title) => !excused.includes(title))).toEqual([]);
      };
      const worlds = kind === 'create-run' ? worldBeforeRun : world;
      const property = fc.asyncProperty(worlds, INPUTS[kind] as fc.Arbitrary<OperationInput>, compare);
      const expected = expectedOf(kind);
      const missing = () => expected.filter((refusal) => !counts.has(refusal));
      await fc.assert(property, { numRuns: casesOf(kind), seed: SEED });
      for (let more = 1; more <= PATIENCE.times && missing().length > 0; more += 1) {
        await fc.assert(property, { numRuns: PATIENCE.cases, seed: SEED + more });
      }
      expect({ neverMet: missing(), notInTheList: unexpectedIn(kind, counts) }).toEqual({
        neverMet: [],
        notInTheList: [],
      });
    },
    600_000,
  );
});

function expectedOf(kind: Kind): string[] {
  const codes = new Set(REFUSALS[kind].map(({ code }) => code));
  return [...codes].filter((code) => !(code in (UNREACHABLE[kind] ?? {})));
}

/** Anything met besides acceptance and what never reaches the chain. */
function unexpectedIn(kind: Kind, counts: ReadonlyMap<string, number>): string[] {
  const known = new Set([...expectedOf(kind), 'accepted', 'empty plan', 'run/not-found']);
  return [...counts.keys()].filter((what) => !known.has(what));
}

function report(kind: Kind, counts: ReadonlyMap<string, number>): string {
  const cases = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const words = [...counts].toSorted((one, other) => other[1] - one[1]).map(([what, count]) => `${what} ${count}×`);
  const unreachable = Object.entries(UNREACHABLE[kind] ?? {}).map(([code, why]) => `  never ${code}: ${why}`);
  return [`${kind}, ${cases} cases: ${words.join(', ')}`, ...unreachable].join('\n');
}
