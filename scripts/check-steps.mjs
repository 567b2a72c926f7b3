import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const TEST_REPORT = join(root, 'out/tests.json');

const TESTS = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${TEST_REPORT}`];

/** The steps of a check, longest first. Each is a tool of the project, by the file its package starts. */
const STEPS = [
  ['tests', 'vitest/vitest.mjs', TESTS],
  ['types', 'typescript/bin/tsc', ['-b']],
  ['lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']],
  [
    'import rules',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['src', 'e2e', 'test', 'scripts', '--config', '.dependency-cruiser.cjs'],
  ],
  ['dead code', 'knip/bin/knip.js', []],
  ['format', 'oxfmt/bin/oxfmt', ['--check', '.']],
  ['generated code', 'tsx/dist/cli.mjs', ['scripts/generate.ts', '--check']],
];

/** Every branch of the signing core: the tests that concern it once more, so not for a quick check. From `node_modules` like the rest. */
export const BRANCHES = ['branches', '../scripts/coverage.mjs', []];

/** Two at a time: the machines this is measured on have two cores. */
const LANES = 2;

/**
 * Runs every step to its end, whatever the others do. What a failed step said is shown when it ends.
 *
 * @param projects - projects of vitest.config.ts whose tests run
 * @param more - steps besides those of every check
 * @returns per step its name, seconds and whether it passed, and the counts of the tests
 */
export async function runChecks({ projects, env = {}, more = [] }) {
  rmSync(TEST_REPORT, { force: true });
  const steps = [...STEPS, ...more];
  const waiting = steps.map(([name, file, args]) => [
    name,
    file,
    args === TESTS ? [...args, ...projects.map((project) => `--project=${project}`)] : args,
  ]);
  const results = [];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await runStep(step, env));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  results.sort((a, b) => steps.findIndex(([name]) => name === a.name) - steps.findIndex(([name]) => name === b.name));
  return { results, tests: readTestCounts() };
}

async function runStep([name, file, args], env) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [join(root, 'node_modules', file), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const isPassed = code === 0;
  if (!isPassed) process.stdout.write(`\n── ${name} ──\n${Buffer.concat(said).toString()}\n`);
  return { name, isPassed, seconds: (Date.now() - startedAt) / 1000 };
}

function readTestCounts() {
  if (!existsSync(TEST_REPORT)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(TEST_REPORT, 'utf8'),
  );
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** The results as lines of a table. */
export function tableOf({ results, tests }) {
  const rows = results.map(({ name, isPassed, seconds }) =>
    [isPassed ? 'passed' : 'FAILED', name.padEnd(16), `${seconds.toFixed(1)} s`.padStart(8)].join('  '),
  );
  return [...rows, `${tests.passed} tests passed, ${tests.failed} failed, ${tests.skipped} skipped`].join('\n');
}
