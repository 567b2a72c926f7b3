import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { root } from './root.ts';

type Locked = { version: string; resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean };

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, Locked>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies' | 'overrides',
  Record<string, string>
> & { readonly allowScripts: Record<string, boolean> };

/** `npm test` runs this many a property; a soak starts above. */
const SOAK_RUNS = 2_000;
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    ...locked,
  }));

const BANNED = [/^@sentry\//, /^electron-updater$/, /^event-stream$/, /^@ledgerhq\/connect-kit/];

test('every package is pinned by a SHA-512 and comes from a registry', () => {
  expect(lock.lockfileVersion).toBe(3);
  for (const { name, integrity, resolved, link } of packages) {
    expect(link, name).toBeUndefined();
    expect(integrity, name).toMatch(/^sha512-/);
    expect(resolved ?? '', name).not.toMatch(/^(git|http:|file:)/);
  }
});

test('no compromised or banned package is anywhere in the tree', () => {
  const web3 = packages.filter(({ name }) => name === '@solana/web3.js').map(({ version }) => version);
  expect(web3.length).toBeGreaterThan(0);
  for (const version of web3) expect(['1.95.6', '1.95.7']).not.toContain(version);
  expect(packages.map(({ name }) => name).filter((name) => BANNED.some((banned) => banned.test(name)))).toEqual([]);
});

/** What npm selects, where a package says of itself that something runs when it is installed. */
const WITH_SCRIPT = ':is(:attr(scripts, [preinstall]), :attr(scripts, [install]), :attr(scripts, [postinstall]))';

/** None is run: `ignore-scripts` is on, their binaries are in their archives or nobody needs them. */
test('a package with an install script is one we looked at and refused', () => {
  const locked = packages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
  const found = JSON.parse(npm('query', WITH_SCRIPT).stdout) as { name: string }[];
  const refused = Object.keys(manifest.allowScripts).toSorted();
  expect(Object.values(manifest.allowScripts)).toEqual(refused.map(() => false));
  expect([...new Set(locked)].toSorted()).toEqual(refused);
  // One that is for another system is in the lock file and not here.
  expect(found.map(({ name }) => name).filter((name) => !refused.includes(name))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});

/** With `ignore-scripts` on, the refusals would not be looked at; a whole installation takes a minute. */
test.skipIf(propertyRuns() <= SOAK_RUNS)('installing with scripts on finds every script refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'install-'));
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(root, name), join(folder, name));
    const { status, stderr } = npm(
      'ci',
      '--prefer-offline',
      '--ignore-scripts=false',
      '--strict-allow-scripts=true',
      '--prefix',
      folder,
    );
    expect(stderr).not.toMatch(/npm error/);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function npm(...args: string[]) {
  return spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  });
}

test('versions are exact', () => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
    ...overrides,
  })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('installing runs no script and takes no package younger than two weeks', () => {
  const settings = readFileSync(join(root, '.npmrc'), 'utf8').split('\n');
  for (const line of [
    'ignore-scripts=true',
    'save-exact=true',
    'allow-git=none',
    'allow-remote=none',
    'min-release-age=14',
  ]) {
    expect(settings).toContain(line);
  }
});

test('what the app needs at run time outside its bundles is native code only', () => {
  expect(Object.keys(manifest.dependencies).toSorted()).toEqual(['node-hid', 'usb']);
  for (const name of Object.keys(manifest.optionalDependencies)) expect(name).toMatch(/^litesvm-/);
});

test('every direct dependency has its line in DEPENDENCIES.md', () => {
  const path = join(root, 'DEPENDENCIES.md');
  const words = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(direct.length).toBeGreaterThan(0);
  expect(direct.filter((name) => !words.includes(`\`${name}\``))).toEqual([]);
});
