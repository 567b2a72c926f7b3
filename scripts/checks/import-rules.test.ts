import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './root.ts';

/** A forbidden import each: where it is planted, what it imports, and the rule that must refuse it. */
const PLANTS: readonly (readonly [file: string, imported: string, rule: string])[] = [
  ['src/core/solana/planted.ts', 'node:fs', 'core-is-pure'],
  ['src/core/solana/planted-main.ts', '#main/services/target.ts', 'core-is-alone'],
  ['src/core/solana/planted-web3.ts', '@solana/web3.js', 'core-packages'],
  ['src/core/programs/planted.ts', 'ws', 'core-chain-packages'],
  ['src/core/operations/one/planted.ts', '../two/target.ts', 'operations-are-apart'],
  ['src/ipc/planted.ts', 'node:crypto', 'core-is-pure'],
  ['src/ipc/planted-main.ts', '#main/services/target.ts', 'ipc-sees-core'],
  ['src/main/services/planted.ts', '#main/adapters/one/target.ts', 'handlers-and-services'],
  ['src/main/handlers/planted.ts', 'electron', 'electron-in-two-places'],
  ['src/main/adapters/one/planted.ts', '#main/adapters/two/target.ts', 'adapters-are-apart'],
  ['src/main/adapters/one/planted-ipc.ts', '#ipc/target.ts', 'adapters-see-core'],
  ['src/main/electron/planted.ts', '#core/solana/target.ts', 'electron-decides-nothing'],
  ['src/signer/planted.ts', '#core/accounts/target.ts', 'signer-sees-little'],
  ['src/preload/planted.ts', 'zod', 'preload-has-no-packages'],
  ['src/preload/planted-contract.ts', '#ipc/target.ts', 'preload-sees-names'],
  ['src/renderer/app/planted.ts', '#main/services/target.ts', 'renderer-sees-the-pure-rest'],
  ['src/renderer/app/planted-plan.ts', '#core/operations/two/target.ts', 'renderer-sees-the-pure-rest'],
  ['src/renderer/app/planted-node.ts', 'node:path', 'renderer-has-no-node-modules'],
  ['src/renderer/app/planted-web3.ts', '@solana/web3.js', 'renderer-has-no-node'],
  ['src/renderer/features/one/planted.ts', '#renderer/features/two/target.ts', 'features-are-apart'],
  ['src/renderer/ui/planted.ts', '#core/solana/target.ts', 'ui-knows-nothing'],
  ['src/protocol/planted.ts', '#main/services/target.ts', 'protocol-sees-core'],
  ['src/practice-network/planted.ts', '#main/services/target.ts', 'practice-network-sees-core'],
  ['src/practice-network/runtime/programs/planted.ts', '#core/config/target.ts', 'emulated-programs-prove-the-checks'],
  ['src/ledger-emulator/planted.ts', '#core/solana/target.ts', 'ledger-emulator-proves-the-prediction'],
  ['src/core/units/planted.ts', '#test/target.ts', 'nothing-shipped-sees-tests'],
  ['e2e/harness/electron-standin/planted.ts', '#main/services/target.ts', 'stand-in-knows-the-type'],
  ['src/core/units/a-circle.ts', './circle-on.ts', 'no-cycles'],
  ['src/core/units/lost.ts', './nowhere.ts', 'no-unresolved'],
];

const TARGETS = [
  'src/core/solana/target.ts',
  'src/core/accounts/target.ts',
  'src/core/config/target.ts',
  'src/core/operations/two/target.ts',
  'src/ipc/target.ts',
  'src/main/services/target.ts',
  'src/main/adapters/one/target.ts',
  'src/main/adapters/two/target.ts',
  'src/renderer/features/two/target.ts',
  'test/target.ts',
];

/** Imports the architecture wants; no rule may refuse them. */
const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ['src/main/services/allowed.ts', '#core/solana/target.ts'],
  ['src/main/adapters/one/allowed.ts', '#core/solana/target.ts'],
  ['src/core/operations/two/allowed.ts', '@solana/web3.js'],
  ['src/practice-network/allowed.ts', '#core/config/target.ts'],
  ['src/core/units/allowed.test.ts', '#test/target.ts'],
];

const rules = createRequire(__filename)(join(root, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };

type Report = { summary: { violations: { from: string; rule: { name: string } }[] } };

const CRUISER = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
let violations: Report['summary']['violations'] = [];

beforeAll(() => {
  const write = (file: string, source: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  };
  for (const file of TARGETS) write(file, 'export const target = 1;\n');
  for (const [file, imported] of [...PLANTS, ...ALLOWED])
    write(file, `import * as planted from '${imported}';\nexport { planted };\n`);
  write('src/core/units/circle-on.ts', `import * as planted from './a-circle.ts';\nexport { planted };\n`);
  for (const name of ['zod', '@solana/web3.js', 'electron', 'ws']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.target = 1;\n');
  }
  for (const file of ['package.json', '.dependency-cruiser.cjs']) cpSync(join(root, file), join(folder, file));
  const cruise = spawnSync(
    process.execPath,
    [CRUISER, 'src', 'e2e', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  ({ violations } = (JSON.parse(cruise.stdout) as Report).summary);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(PLANTS)('%s may not import %s (%s)', (file, _imported, rule) => {
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
});

test('every rule refuses something planted', () => {
  const planted = new Set(PLANTS.map(([, , rule]) => rule));
  expect(rules.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});

test.each(ALLOWED)('%s may import %s', (file) => {
  expect(violations.filter(({ from }) => from === file)).toEqual([]);
});
