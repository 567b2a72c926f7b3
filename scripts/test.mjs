import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { needRuntime } from './browser.mjs';
import { BRANCHES, runChecks, tableOf } from './check-steps.mjs';
import { runTool } from './run-program.mjs';
import { root, setUp } from './setup.mjs';

/**
 * `npm test`: set-up, build, everything `npm run check` does with larger counts, the integration tests, the branches of the signing
 * core and the journeys.
 */
const JOURNEY_REPORT = join(root, 'out/journeys.json');

await setUp();
needRuntime();
const checks = await runChecks({
  projects: ['unit', 'integration'],
  env: { PROPERTY_RUNS: process.env.PROPERTY_RUNS ?? '2000' },
  more: [BRANCHES],
});
console.log(tableOf(checks));

rmSync(JOURNEY_REPORT, { force: true });
const journeysCode = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: JOURNEY_REPORT },
});
const journeys = readJourneyCounts();

/** A step counts as one test; the tests count themselves, and their step only if it failed for another reason. */
const steps = checks.results.filter(({ name }) => name !== 'tests');
const testStepPassed = checks.results.every(({ name, isPassed }) => name !== 'tests' || isPassed);
const otherFailures =
  (testStepPassed || checks.tests.failed > 0 ? 0 : 1) + (journeysCode === 0 || journeys.failed > 0 ? 0 : 1);
const passed = checks.tests.passed + journeys.passed + steps.filter(({ isPassed }) => isPassed).length;
const failed = checks.tests.failed + journeys.failed + steps.filter(({ isPassed }) => !isPassed).length + otherFailures;
const skipped = checks.tests.skipped + journeys.skipped;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);

function readJourneyCounts() {
  if (!existsSync(JOURNEY_REPORT)) return { passed: 0, failed: 0, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(JOURNEY_REPORT, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
