'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const PACKAGE = join(__dirname, '../../node_modules/electron');

/**
 * The real Electron binary, as an absolute path, or `undefined`. Looks only: asking the package itself would start a
 * download.
 */
function findElectron() {
  const list = join(PACKAGE, 'path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = existsSync(list) ? readFileSync(list, 'utf8').trim() : override && 'electron';
  if (!name) return undefined;
  const binary = join(override ?? join(PACKAGE, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

/** The launcher of the stand-in, called like the real binary. */
const standInLauncher = join(__dirname, 'electron-standin/electron');

module.exports = { findElectron, standInLauncher };
