import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const INSTALL_STAMP = join(root, 'node_modules/.installed-from');
const BUILD_STAMP = join(root, 'out/.built-from');
const LOCK = join(root, '.build/setup-lock');

/** What the build reads, besides the packages. */
const BUILD_SOURCES = [
  'src',
  'idl',
  'resources',
  'scripts',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Installs what the lock file says and builds the app, each only when something changed since the last time. Everything
 * it says goes to stderr, so that commands can answer on stdout. One at a time: a second one waits.
 */
export async function setUp({ build = true } = {}) {
  if (isInstalled() && (!build || isBuilt())) return;
  await takeLock();
  try {
    if (!isInstalled()) install();
    if (build && !isBuilt()) buildApp();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

/** Runs a program that belongs to the project, with its output on stderr. Ends this process when it fails. */
function run(what, command, args) {
  process.stderr.write(`${what} …\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`${what} failed${error ? `: ${error.message}` : ''}\n`);
  rmSync(LOCK, { recursive: true, force: true });
  process.exit(1);
}

function install() {
  run('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(INSTALL_STAMP, lockHash());
}

function isInstalled() {
  return readStamp(INSTALL_STAMP) === lockHash();
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function buildApp() {
  const before = sourcesHash();
  run('Building', process.execPath, [
    join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  writeFileSync(BUILD_STAMP, before);
}

function isBuilt() {
  return readStamp(BUILD_STAMP) === sourcesHash();
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const name of BUILD_SOURCES) addToHash(hash, join(root, name));
  return hash.digest('hex');
}

function addToHash(hash, path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return;
  const entries = readEntries(path);
  if (!entries) return void hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  for (const entry of entries.toSorted()) addToHash(hash, join(path, entry));
}

/** The names in a folder; nothing for a file. */
function readEntries(path) {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

async function takeLock() {
  mkdirSync(join(root, '.build'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      return writeFileSync(join(LOCK, 'pid'), String(process.pid));
    } catch {
      if (isLockAbandoned()) rmSync(LOCK, { recursive: true, force: true });
      else await wait(200);
    }
  }
}

/** A holder that is gone left its lock behind. One that has not yet written its id is given time to. */
function isLockAbandoned() {
  const pid = Number(readStamp(join(LOCK, 'pid')));
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
