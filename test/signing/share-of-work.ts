import { propertyRuns } from '#test/property-runs.ts';

/** Runs per property from which on exhaustive suites are exhaustive: `npm test`. */
const FULL_RUNS = 2_000;

/** Of this many items one is taken where time is short: 1 in `npm test`, 10 in `npm run check`. */
export function everyNth(): number {
  return Math.max(1, Math.round(FULL_RUNS / propertyRuns()));
}

/** Runs of a property that has to be met this often in `npm test`; fewer or more in the other tiers. */
export function runsFor(fullRuns: number): number {
  return Math.ceil((fullRuns * propertyRuns()) / FULL_RUNS);
}
