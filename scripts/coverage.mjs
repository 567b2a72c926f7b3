import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runTool } from './run-program.mjs';
import { root } from './setup.mjs';

/**
 * `npm run coverage`, a part of `npm test`: every branch of the signing core (`test/signing-core.ts`) is taken by a test. Each
 * that is not is named by file and line.
 */
const REPORT = join(root, 'out/coverage/coverage-final.json');

/** Where those tests are. Few runs of each property and one seed: whether a branch is taken must not hang on luck. */
const TESTS = [
  'src/core/codec',
  'src/core/journal',
  'src/core/layouts',
  'src/core/solana',
  'src/core/transactions',
  'src/main/adapters/journal',
  'src/main/services/approvals',
  'src/main/services/bytes-reviews',
  'src/main/services/encrypted-signers',
  'src/main/services/handed',
  'src/main/services/reviews',
  'src/main/services/sending',
  'src/main/services/ticker',
  'src/signer',
];
const ENVIRONMENT = { PROPERTY_RUNS: '50', PROPERTY_SEED: '1' };

rmSync(REPORT, { force: true });
const code = await runTool(
  'vitest/vitest.mjs',
  ['run', '--coverage.enabled', '--coverage.reportOnFailure', '--reporter=dot', '--testTimeout=120000', ...TESTS],
  { env: ENVIRONMENT },
);
const { files, branches, gaps } = readReport();
for (const gap of gaps) console.log(`not taken: ${gap}`);
console.log(`${files} files of the signing core, ${branches} branches, ${gaps.length} not taken by any test`);
process.exit(code === 0 && files > 0 && gaps.length === 0 ? 0 : 1);

function readReport() {
  if (!existsSync(REPORT)) return { files: 0, branches: 0, gaps: [] };
  const report = Object.values(JSON.parse(readFileSync(REPORT, 'utf8')));
  const branches = report.flatMap((file) => {
    const source = readFileSync(file.path, 'utf8').split('\n');
    return Object.entries(file.b).flatMap(([id, counts]) =>
      counts.map((count, index) => ({ count, where: nameOf(file, id, index, source) })),
    );
  });
  const gaps = branches.filter(({ count }) => count === 0).map(({ where }) => where);
  return { files: report.length, branches: branches.length, gaps };
}

function nameOf({ path, branchMap }, id, index, source) {
  const { type, loc, locations } = branchMap[id];
  const line = locations[index].start.line ?? loc.start.line;
  return `${relative(root, path)}:${line} ${type} ${index + 1} of ${locations.length}: ${source[line - 1].trim()}`;
}
