import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser, isExecutable } from '../e2e/harness/find-browser.cjs';
import { findElectron } from '../e2e/harness/find-electron.cjs';

/** Makes sure the app has something to run in; ends this process with advice when it has not. */
export function needRuntime() {
  if (findElectron() ?? findBrowser()) return;
  if (canUseApt()) aptInstall(['chromium', 'fonts-liberation']);
  if (findBrowser()) return;
  giveUp(
    'The Electron binary is not installed, and no browser can take its place. Install Chromium, Google Chrome or Microsoft Edge.',
  );
}

/** Makes sure there is a display. Without one an invisible one is started, and ended with this process. */
export async function needDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY) return;
  if (!findProgram('Xvfb') && canUseApt()) aptInstall(['xvfb']);
  const program = findProgram('Xvfb');
  if (!program) {
    giveUp('There is no display. Install Xvfb, or run `npm run tour`: it plays the app by itself and leaves pictures.');
  }
  process.stderr.write(
    'There is no display: the window is drawn on an invisible one (Xvfb). `npm run tour` leaves pictures.\n',
  );
  const server = spawn(program, ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  process.on('exit', () => server.kill());
  process.env.DISPLAY = await new Promise((resolve, reject) => {
    server.stdio[3].once('data', (number) => resolve(`:${String(number).trim()}`));
    server.once('exit', () => reject(new Error('Xvfb did not start')));
  });
}

function findProgram(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Only on Debian and its kin, and only as root, is installing a package ours to do. */
function canUseApt() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined;
}

function aptInstall(packages) {
  process.stderr.write(`Installing ${packages.join(', ')} …\n`);
  const options = {
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

function giveUp(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
