import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTool } from './run-program.mjs';
import { root, setUp } from './setup.mjs';

/**
 * `npm run soak -- --minutes N`: the fault catalogue and the property tests with large counts and a new seed each round, until
 * the time is over. At the end each row of the catalogue with how often each of its faults was injected.
 */
const { minutes } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } }).values;
const startedAt = Date.now();
const endsAt = startedAt + Number(minutes) * 60_000;
if (!(Number(minutes) > 0)) {
  process.stderr.write('Usage: npm run soak -- --minutes N\n');
  process.exit(2);
}

/** Files whose amounts follow `PROPERTY_RUNS`, but for those of the catalogue. */
const PROPERTY_FILES = ['src', 'test', 'scripts']
  .flatMap(filesUnder)
  .filter((path) => /\.test\.tsx?$/.test(path) && !path.startsWith(join('test', 'faults')))
  .filter((path) => /propertyRuns\(|runsFor\(|everyNth\(/.test(readFileSync(join(root, path), 'utf8')));

await setUp({ build: false });
const report = join(root, 'out/soak.json');
const counted = join(root, 'out/soak-counts.jsonl');
mkdirSync(join(root, 'out'), { recursive: true });
rmSync(counted, { force: true });
const totals = { rounds: 0, passed: 0, failed: 0 };
/** Runs of a property; they grow until a round takes as long as is left. */
let runs = 1_000;
do {
  const roundAt = Date.now();
  const seed = roundAt % 2 ** 31;
  totals.rounds += 1;
  console.log(`round ${totals.rounds}: ${runs} runs a property, seed ${seed}`);
  await runTests(['test/faults'], seed);
  if (Date.now() < endsAt) await runTests(PROPERTY_FILES, seed);
  const tookMs = Date.now() - roundAt;
  if (tookMs * 4 < endsAt - Date.now()) runs *= 4;
} while (Date.now() < endsAt);
const missing = printRows();
const took = Math.round((Date.now() - startedAt) / 1000);
console.log(`${totals.rounds} rounds in ${took} s, ${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 || missing > 0 ? 1 : 0);

async function runTests(files, seed) {
  rmSync(report, { force: true });
  const args = ['run', ...files, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool('vitest/vitest.mjs', args, {
    env: { PROPERTY_RUNS: String(runs), PROPERTY_SEED: String(seed), FAULT_COUNTS: counted },
  });
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += numPassedTests;
  // A file that does not load has no tests that fail.
  const failed = code === 0 ? 0 : Math.max(1, numFailedTests);
  totals.failed += failed;
  if (failed > 0) console.log(`failed with seed ${seed}: PROPERTY_RUNS=${runs} PROPERTY_SEED=${seed} npx vitest run`);
}

/** @returns kinds of faults that were never injected; a row that cannot run here says so itself and has no line */
function printRows() {
  const rows = new Map();
  for (const line of readFileSync(counted, 'utf8').trim().split('\n')) {
    const { title, counts } = JSON.parse(line);
    const row = rows.get(title) ?? {};
    for (const [kind, count] of Object.entries(counts)) row[kind] = (row[kind] ?? 0) + count;
    rows.set(title, row);
  }
  const kinds = [...rows.values()].flatMap((row) => Object.values(row));
  for (const title of [...rows.keys()].toSorted(byNumber)) {
    const each = Object.entries(rows.get(title)).map(([kind, count]) => `${kind} ${count.toLocaleString('en-US')}`);
    console.log(`${title}: ${each.join(', ')}`);
  }
  return kinds.filter((count) => count === 0).length;
}

/** K2 before K10. */
function byNumber(one, other) {
  return one[0] === other[0] ? Number(one.slice(1)) - Number(other.slice(1)) : one.localeCompare(other);
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path));
}
