import { propertyRuns } from '#test/property-runs.ts';

/** Runs of a property from which on rows of the soak have the amounts of the fault catalogue. */
const SOAK_RUNS = 20_000;

/** The amount of a row that belongs to the soak: all of it there, a tenth in `npm test`, a hundredth in `npm run check`. */
export function shareOfSoak(amount: number): number {
  return Math.max(1, Math.ceil(amount * Math.min(1, propertyRuns() / SOAK_RUNS)));
}

/** Seeds of such a row; as `seedsFor`, others in each round. `SIMULATOR_SEED` replays one alone. */
export function soakSeeds(amount: number): readonly number[] {
  const replayed = process.env['SIMULATOR_SEED'];
  if (replayed !== undefined) return [Number(replayed)];
  const first = Number(process.env['PROPERTY_SEED'] ?? 1);
  return Array.from({ length: shareOfSoak(amount) }, (_, index) => (first + index) % 2 ** 32);
}
