import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findElectron, standInLauncher } from '../e2e/harness/find-electron.cjs';
import { needDisplay, needRuntime } from './browser.mjs';
import { runProgram, runTypeScript } from './run-program.mjs';
import { root, setUp } from './setup.mjs';

/** `npm start -- [--smoke] [--data-dir DIR]`: sets up what is missing and opens the app. */
const { smoke, 'data-dir': dataDir } = readOptions();
const folder = dataDir === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', dataDir);

await setUp();
needRuntime();
const electron = findElectron();
if (!electron) {
  process.stderr.write('The Electron binary is not installed: the same build runs in a Chromium browser instead.\n');
}
if (!smoke || electron) await needDisplay();
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (electron && isRoot) process.stderr.write('Running as root: Electron runs without its sandbox.\n');
process.exit(
  smoke
    ? await runTypeScript('e2e/smoke.ts', folder === undefined ? [] : [folder])
    : await runProgram(electron ? electron : process.execPath, [
        ...(electron ? (isRoot ? ['--no-sandbox'] : []) : [standInLauncher]),
        root,
        ...(folder === undefined ? [] : [`--user-data-dir=${folder}`]),
      ]),
);

function readOptions() {
  try {
    return parseArgs({ options: { smoke: { type: 'boolean' }, 'data-dir': { type: 'string' } } }).values;
  } catch (error) {
    process.stderr.write(`${error.message}\nUsage: npm start -- [--smoke] [--data-dir DIR]\n`);
    process.exit(2);
  }
}
