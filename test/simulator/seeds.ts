import { propertyRuns } from '#test/property-runs.ts';

/** Runs of `npm test`, at which a row of the fault catalogue has the amount that stands there. */
const TIER_OF_TEST = 2000;

/** An amount of the fault catalogue, larger in a soak and smaller where somebody waits. */
export function scaled(amount: number): number {
  return Math.max(1, Math.ceil((amount * propertyRuns()) / TIER_OF_TEST));
}

/**
 * Seeds of a suite: as many as its tier asks for, others in each round of a soak. `SIMULATOR_SEED` replays one alone.
 *
 * @param regressions - seeds that once failed
 */
export function seedsFor(amount: number, regressions: readonly number[] = []): readonly number[] {
  const replayed = process.env['SIMULATOR_SEED'];
  if (replayed !== undefined) return [Number(replayed)];
  const first = Number(process.env['PROPERTY_SEED'] ?? 1);
  const counted = Array.from({ length: scaled(amount) }, (_, index) => (first + index) % 2 ** 32);
  return [...new Set([...regressions, ...counted])];
}

/** Whether every fault must have happened: in fewer runs, or when one seed is replayed, some may not have come up. */
export function isWholeTier(): boolean {
  return process.env['SIMULATOR_SEED'] === undefined && propertyRuns() >= TIER_OF_TEST;
}
