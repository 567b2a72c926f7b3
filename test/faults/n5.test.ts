import { afterAll, describe, expect, test } from 'vitest';
import { createConnections } from '#main/services/connections.ts';
import { createSending } from '#main/services/sending.ts';
import { drawDeaths, drawRates } from '#test/simulator/draw-rates.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom } from '#test/simulator/random.ts';
import { brokenRules, runSeeds } from '#test/simulator/seeded-suite.ts';
import { isWholeTier, seedsFor } from '#test/simulator/seeds.ts';
import type { Fault, WorldOptions } from '#test/simulator/world.ts';

/** At least one of these is in every seed. */
const OWN = ['behind', 'slot back', 'other genesis', 'status withheld', 'status unanswered', 'false confirm'] as const;
const BESIDES = [
  'late answer',
  'no answer',
  'failsOnChain',
  'rolledBack',
  'send dropped',
  'endpoint switched',
  'another plan',
] as const;

/** Seeds that failed once: after a restart nodes were asked for states from before what the journal saw land. */
const REGRESSIONS = [224, 452];

const counts = createFaultCounts<Fault>('N5', [...OWN, ...BESIDES]);
let totals: unknown;
afterAll(() => {
  counts.print();
  console.info(`N5: ${JSON.stringify(totals)}`);
});

function optionsOf(seed: number): WorldOptions {
  const random = createRandom(seed ^ 0x6e35);
  const endpoints = random.pick([1, 2, 2] as const);
  const own = OWN.filter((kind) => endpoints === 2 || kind !== 'status withheld');
  const [first = 'behind'] = random.shuffled(own);
  return {
    seed,
    endpoints,
    wish: random.pick(['fund', 'fund', 'fund by nonce'] as const),
    rates: {
      failsOnChain: 0.3,
      ...drawRates(random, [...own, ...BESIDES]),
      [first]: first === 'other genesis' ? 0.4 : 0.2,
    },
    deaths: drawDeaths(random, random.chance(0.2)),
    count: counts.count,
  };
}

describe('N5: endpoints that are behind, go back, change cluster or disagree', () => {
  test(
    'get no bytes meant for another cluster, and are never believed an older state over a newer',
    { timeout: 3_600_000 },
    async () => {
      totals = await runSeeds(seedsFor(500, REGRESSIONS), optionsOf, 'test/faults/n5.test.ts');
    },
  );

  test.runIf(isWholeTier())('did all of it', () => {
    expect(counts.missing()).toEqual([]);
  });

  test('are noticed to get bytes by a sender that does not ask for the genesis hash', async () => {
    const rules = await brokenRules([1], (seed) => ({ seed, isPlain: true }), {
      createSending: (deps) =>
        createSending({
          ...deps,
          routeTo(genesisHash) {
            const route = deps.routeTo(genesisHash);
            const nodes = route?.nodes.map((node) => ({ ...node, readGenesisHash: async () => genesisHash }));
            return route && nodes && { ...route, nodes };
          },
        }),
    });
    expect([...rules]).toContain('V6');
  });

  test('are noticed to be believed by a connection that forgets what it has seen', async () => {
    const rules = await brokenRules(
      [1, 2, 3, 4, 5, 6],
      (seed) => ({ seed, isPlain: true, rates: { failsOnChain: 0.7, 'slot back': 0.5, behind: 0.5 } }),
      { createConnections: (deps) => ({ ...createConnections(deps), requireSlot: () => undefined }) },
    );
    expect([...rules]).toContain('N5');
  });
});
