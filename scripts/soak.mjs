import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTool } from './run-program.mjs';
import { root, setUp } from './setup.mjs';

/** `npm run soak -- --minutes N`: the property tests with large counts and a new seed each round, until the time is over. */
const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } }).values;
const endsAt = Date.now() + Number(minutes) * 60_000;
if (!(Number(minutes) > 0)) {
  process.stderr.write('Usage: npm run soak -- --minutes N\n');
  process.exit(2);
}

await setUp();
const report = join(root, 'out/soak.json');
const totals = { rounds: 0, passed: 0, failed: 0 };
/** Rounds grow until one takes a few minutes. */
let runs = 5_000;
do {
  const seed = Date.now() % 2 ** 31;
  const startedAt = Date.now();
  console.log(`round ${totals.rounds + 1}: ${runs} runs a property, seed ${seed}`);
  rmSync(report, { force: true });
  await runTool('vitest/vitest.mjs', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], {
    env: { PROPERTY_RUNS: String(runs), PROPERTY_SEED: String(seed) },
  });
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  totals.rounds += 1;
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  if (numFailedTests > 0)
    console.log(`failed with seed ${seed}: PROPERTY_RUNS=${runs} PROPERTY_SEED=${seed} npx vitest run`);
  if (Date.now() - startedAt < 60_000) runs *= 4;
} while (Date.now() < endsAt);
console.log(`${totals.rounds} rounds, ${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
