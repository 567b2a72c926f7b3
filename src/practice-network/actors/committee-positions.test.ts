import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleConfig } from '#test/practice/run-on-stage.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { selectCommittees } from '../runtime/programs/coordinator/state-machine/committee-selection.ts';
import { committeePositions } from './committee-positions.ts';

test('a client finds the places that the program accepts', () => {
  const count = fc.integer({ min: 1, max: 256 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), count, fc.nat(), (random_seed, clients_len, pick) => {
      const index = pick % clients_len;
      const round = { witnesses: [], data_index: 0n, random_seed, height: 0, clients_len, tie_breaker_tasks: 0 };
      const selection = selectCommittees(round, sampleConfig());
      const witness = committeePositions(random_seed, 'witness', clients_len)[index] ?? -1;
      const proof = { position: BigInt(witness), index: BigInt(index), witness: witness < 32 };
      expect(selection.isWitnessProofValid(proof)).toBe(true);
      const trainer = committeePositions(random_seed, 'committee', clients_len);
      const place = { position: BigInt(trainer[index] ?? -1), index: BigInt(index) };
      expect(selection.isCommitteeProofValid({ committee: 'Trainer', ...place })).toBe(true);
      expect(new Set(trainer).size).toBe(clients_len);
    }),
    { numRuns: Math.min(propertyRuns(), 2_000) },
  );
});
