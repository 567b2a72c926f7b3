import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './root.ts';

/** A fault each: where it is planted and the rule that must find it. */
const FAULTS: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/core/clock.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['src/core/chance.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['src/core/log.ts', "console.log('x');", 'no-restricted-globals'],
  ['src/main/any.ts', 'export const x: any = 1;', 'no-explicit-any'],
  ['src/main/bang.ts', 'export const f = (x?: string) => x!.length;', 'no-non-null-assertion'],
  ['src/main/default.ts', 'const x = 1;\nexport default x;', 'no-default-export'],
  ['src/main/run.ts', "export const f = new Function('return 1');", 'no-new-func'],
  ['src/main/long.ts', `${'// a line\n'.repeat(401)}export const x = 1;`, 'max-lines'],
  [
    'src/main/floating.ts',
    'async function f(): Promise<void> {}\nexport function g(): void { f(); }',
    'no-floating-promises',
  ],
];

type Finding = { filename: string; code: string };

const folder = mkdtempSync(join(tmpdir(), 'lint-rules-'));
let findings: Finding[] = [];

beforeAll(() => {
  for (const [file, source] of FAULTS) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${source}\n`);
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }',
  );
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '-f', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, OXLINT_TSGOLINT_PATH: join(root, 'node_modules/.bin/tsgolint') },
    },
  );
  findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FAULTS)('%s: %s is found by %s', (file, _source, rule) => {
  const codes = findings.filter(({ filename }) => filename.endsWith(file)).map(({ code }) => code);
  expect(codes.join(' ')).toContain(rule);
});
