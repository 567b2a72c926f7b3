import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { contract } from '#ipc/contract.ts';
import { createServer } from '#ipc/server.ts';
import { sleep, systemClock } from './adapters/clock.ts';
import { createLedgerLook } from './adapters/ledger/look-for-ledger.ts';
import { openHid } from './adapters/ledger/open-hid.ts';
import { createServices } from './create-services.ts';
import { registerAppScheme, serveApp } from './electron/app-protocol.ts';
import { runOneShot, startService } from './electron/child-process.ts';
import { createWindow } from './electron/create-window.ts';
import { createDialogs } from './electron/dialogs.ts';
import type { BrowserWindowApi } from './electron/electron-api.ts';
import { electron } from './electron/electron.ts';
import { hardenApp, hardenSession } from './electron/harden-session.ts';
import { bindIpc } from './electron/ipc-binding.ts';
import { createPageEvents } from './electron/page-events.ts';
import { readPageFiles } from './electron/page-files.ts';
import { takeSingleInstance } from './electron/single-instance.ts';
import { whenAway } from './electron/when-away.ts';
import { whenPageGone } from './electron/when-page-gone.ts';
import { UI_PARTITION } from './electron/window-preferences.ts';
import { createWindowStateFile } from './electron/window-state.ts';
import { createHandlers } from './handlers/create-handlers.ts';

/** Behind the page until its first paint. Source: docs/design-brief.md, surface colours. */
const BACKGROUND = { light: '#f7f7f5', dark: '#16181b' };

/**
 * Opens the app.
 *
 * @param refused - switches on the command line that would open a packaged app to others
 */
export function start(refused: readonly string[]): void {
  const { app } = electron;
  if (app.isPackaged && refused.length > 0) {
    process.stderr.write(`This app does not start with ${refused.join(', ')}.\n`);
    app.exit(1);
    return;
  }
  let window: BrowserWindowApi | undefined;
  if (!takeSingleInstance(electron, () => window)) {
    process.stderr.write(`${messageOf('storage/in-use', {}).happened}.\n`);
    app.quit();
    return;
  }
  hardenApp(electron);
  registerAppScheme(electron);
  run((opened) => {
    window = opened;
  }).catch((cause: unknown) => {
    process.stderr.write(`${wordsFor(cause)}\n`);
    app.exit(1);
  });
}

async function run(onWindow: (window: BrowserWindowApi) => void): Promise<void> {
  const { app, nativeTheme } = electron;
  const dataFolder = dataFolderFrom(process.argv) ?? app.getPath('userData');
  const opened: { window?: BrowserWindowApi } = {};
  const page = () => (opened.window?.isDestroyed() === false ? opened.window.webContents : undefined);
  const composition = await createServices({
    version: app.getVersion(),
    dataFolder,
    children: {
      askSigner: (request) => runOneShot(electron, { name: 'signer', modulePath: bundle('signer'), message: request }),
      startPracticeNetwork: (args) =>
        startService(electron, { name: 'practice network', modulePath: bundle('practice-network'), args }),
    },
    dialogs: createDialogs(electron, () => {
      if (!opened.window) throw new Error('a dialog without a window');
      return opened.window;
    }),
    lookForLedger: createLedgerLook(openHid),
    events: createPageEvents(contract, page),
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
    windowId: () => page()?.id ?? -1,
    clock: systemClock,
    sleep,
  });
  const { reportUnexpected, services } = composition;
  process.on('unhandledRejection', (cause) => reportUnexpected('main', cause));
  bindIpc({
    electron,
    contract,
    answer: createServer(contract, createHandlers(services), reportUnexpected, () => setImmediate()),
    mainFrame: () => page()?.mainFrame,
    now: () => performance.now(),
  });
  process.on('exit', composition.release);
  quitCleanly(composition.close);
  const files = readPageFiles(join(import.meta.dirname, '../renderer'));

  await app.whenReady();
  const session = electron.session.fromPartition(UI_PARTITION);
  await hardenSession(session);
  serveApp(session, files);
  await composition.open();
  const window = createWindow({
    electron,
    preloadPath: join(import.meta.dirname, '../preload/index.js'),
    state: createWindowStateFile(join(dataFolder, 'window.json')),
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
  });
  opened.window = window;
  onWindow(window);
  whenPageGone(window.webContents, composition.forgetApprovals);
  whenAway(electron.powerMonitor, composition.forgetOpenApproval);
}

/** Children and journal are closed before the process goes; a second request does not wait. */
function quitCleanly(close: () => Promise<void>): void {
  const { app } = electron;
  let isClosing = false;
  app.on('window-all-closed', () => {
    if (isClosing) return;
    isClosing = true;
    void close().finally(() => app.quit());
  });
}

/** Programs of their own are bundled beside this one. */
function bundle(name: string): string {
  return join(import.meta.dirname, `${name}.js`);
}

function dataFolderFrom(argv: readonly string[]): string | undefined {
  const index = argv.indexOf('--data-dir');
  const joined = argv.find((argument) => argument.startsWith('--data-dir='))?.slice('--data-dir='.length);
  const folder = joined ?? (index === -1 ? undefined : argv[index + 1]);
  return folder === undefined ? undefined : resolve(folder);
}

function wordsFor(cause: unknown): string {
  if (!isAppError(cause))
    return `The app could not start: ${cause instanceof Error ? (cause.stack ?? cause.message) : 'unknown'}`;
  const { happened, remedy } = messageOf(cause.code, cause.params as never);
  return `${happened}. ${remedy}.`;
}
