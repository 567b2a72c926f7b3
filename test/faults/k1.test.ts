import { afterAll, describe, expect, test } from 'vitest';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom } from '#test/simulator/random.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import type { Fault, WorldOptions } from '#test/simulator/world.ts';

const counts = createFaultCounts<Fault>('K1', ['killed']);
let runs = 0;
afterAll(() => {
  counts.print();
  console.info(`K1: ${runs} runs`);
});

/** A world in which only the kills go wrong. */
const plain = (wish: WorldOptions['wish'] & string): WorldOptions => ({
  seed: 11,
  wish,
  isPlain: true,
  count: counts.count,
});

/** Killed at the nth call, then twice more while it recovers, each time somewhere else. */
async function killedAt(options: WorldOptions, call: number, when: 'before' | 'after') {
  const random = createRandom(call * 2 + (when === 'after' ? 1 : 0));
  const again = () => ({
    call: 1 + random.int(30),
    when: random.pick(['before', 'after'] as const),
    death: 'killed' as const,
  });
  runs += 1;
  return runScenario({ ...options, deaths: [{ call, when, death: 'killed' }, again(), again()] });
}

describe.each(['fund', 'fund by nonce', 'fund by two keys', 'create a run'] as const)(
  'K1: an app that is killed while somebody wants to %s',
  (wish) => {
    test('at any call to disk, node or signer, before it or after it, does it once', { timeout: 600_000 }, async () => {
      const { calls, violations, effects } = await runScenario(plain(wish));
      expect([violations, effects]).toEqual([[], 1]);
      expect(calls.length).toBeGreaterThan(30);
      for (const [index, name] of calls.entries()) {
        for (const when of ['before', 'after'] as const) {
          const result = await killedAt(plain(wish), index + 1, when);
          expect([when, index + 1, name, result.violations, result.effects]).toEqual([when, index + 1, name, [], 1]);
        }
      }
    });
  },
);

test('K1: a journal that says it has written before it has is noticed', async () => {
  const hasty: typeof openJournal = async (path, fs) => {
    const journal = await openJournal(path, fs);
    return {
      ...journal,
      async append(payload) {
        void journal.append(payload);
      },
    };
  };
  const { violations } = await runScenario(plain('fund'), { openJournal: hasty });
  expect(violations.join()).toContain('V4');
});

test('every fault of this row was injected', () => {
  expect(counts.missing()).toEqual([]);
});
