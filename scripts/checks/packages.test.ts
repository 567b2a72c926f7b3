import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './root.ts';

type Locked = { version: string; resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean };

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, Locked>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies' | 'overrides',
  Record<string, string>
>;
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    ...locked,
  }));

/**
 * Packages that carry an install script. None is run: `ignore-scripts` is on, their binaries are in their archives or
 * nobody needs them.
 */
const SCRIPT_CARRIERS = ['bigint-buffer', 'bufferutil', 'esbuild', 'fsevents', 'node-hid', 'usb', 'utf-8-validate'];

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

test('a package with an install script is one we looked at', () => {
  const carriers = packages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
  expect(carriers.filter((name) => !SCRIPT_CARRIERS.includes(name))).toEqual([]);
});

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
  expect(direct.filter((name) => !words.includes(`\`${name}\``))).toEqual([]);
});
