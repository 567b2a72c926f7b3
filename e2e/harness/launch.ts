import { _electron, type ElectronApplication, type Page } from 'playwright';
import { resolve } from 'node:path';
import { findElectron, standInLauncher } from './find-electron.cjs';

/** Electron itself, or the stand-in that runs the same build in a Chromium browser. */
export type Runtime = 'electron' | 'stand-in';

export type RunningApp = {
  readonly app: ElectronApplication;
  /** The app's window, drawn. */
  readonly page: Page;
  readonly runtime: Runtime;
  /** Milliseconds from starting the process to a drawn window. */
  readonly readyMs: number;
  /** Ends the app as its window's close button does. */
  close(): Promise<void>;
  /** Ends the main process at once (SIGKILL), as a crash would. */
  kill(): Promise<void>;
  /** Whether the main process still lives. */
  isRunning(): boolean;
};

type Options = {
  readonly dataDir: string;
  /** Further arguments of the app. */
  readonly args?: readonly string[];
  /** Without it: `APP_RUNTIME`, or Electron where its binary is, or the stand-in. */
  readonly runtime?: Runtime;
  /** Folder of the app to start; the console itself unless a test brings its own. */
  readonly appFolder?: string;
};

const ROOT = resolve(__dirname, '../..');

/** Starts the built app with a data folder of its own and waits until its window has drawn something. */
export async function launchApp(options: Options): Promise<RunningApp> {
  const { dataDir, args = [], runtime = defaultRuntime(), appFolder = ROOT } = options;
  const startedAt = performance.now();
  const app = await _electron.launch({
    executablePath: executableOf(runtime),
    args: [appFolder, `--user-data-dir=${dataDir}`, ...args],
    cwd: ROOT,
    env: { STANDIN_HEADLESS: '1', ...inheritedEnvironment() },
    colorScheme: null,
    timeout: 30_000,
  });
  const main = app.process();
  const page = await drawnWindow(app);
  return {
    app,
    page,
    runtime,
    readyMs: Math.round(performance.now() - startedAt),
    close: () => app.close(),
    async kill() {
      const gone = new Promise((done) => main.once('exit', done));
      main.kill('SIGKILL');
      await gone;
    },
    isRunning: () => main.exitCode === null && main.signalCode === null,
  };
}

/** The runtime a journey runs in unless it says otherwise. Asking for Electron without its binary is an error. */
export function defaultRuntime(): Runtime {
  const wanted = process.env['APP_RUNTIME'];
  if (wanted === 'electron' || wanted === 'stand-in') return wanted;
  return findElectron() === undefined ? 'stand-in' : 'electron';
}

function executableOf(runtime: Runtime): string {
  if (runtime === 'stand-in') return standInLauncher;
  const binary = findElectron();
  if (binary === undefined) throw new Error('APP_RUNTIME=electron, but the Electron binary is not installed');
  return binary;
}

/** A window is there before its page is; the page's first visible element says that it is. */
async function drawnWindow(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  // Not for its URL: whoever asks after the page has loaded waits for a load that was. The first element of the root is a style sheet.
  await page.locator('#root > :not(style)').first().waitFor();
  return page;
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
