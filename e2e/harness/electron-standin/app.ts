import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AppApi } from '#main/electron/electron-api.ts';
import type { Chromium } from './chromium.ts';
import { takeInstanceLock } from './instance-lock.ts';

/** A window as far as quitting is concerned. */
type Closable = { close(): void };

export type StandInApp = AppApi &
  EventEmitter & {
    isReady(): boolean;
    becomeReady(): Promise<void>;
    windowOpened(window: Closable): void;
    windowClosed(window: Closable): void;
  };

type Options = {
  readonly name: string;
  readonly version: string;
  readonly switches: ReadonlyMap<string, string>;
  readonly chromium: Chromium;
  readonly stopChildren: () => void;
};

/** `app`: life cycle, paths and the lock on the data folder. */
export function createApp({ name, version, switches, chromium, stopChildren }: Options): StandInApp {
  const events = new EventEmitter();
  const windows = new Set<Closable>();
  const chosen = switches.get('user-data-dir');
  const userData = chosen ? resolve(chosen) : join(dataHome(), name);
  let releaseLock: (() => Promise<void>) | undefined;
  let isReady = false;
  let isQuitting = false;

  async function leave(code: number): Promise<void> {
    events.emit('will-quit');
    events.emit('quit');
    stopChildren();
    await Promise.all([chromium.close(), releaseLock?.()]);
    process.exit(code);
  }

  function quit(): void {
    if (isQuitting) return;
    isQuitting = true;
    events.emit('before-quit');
    if (windows.size === 0) void leave(0);
    for (const window of windows) window.close();
  }

  function windowClosed(window: Closable): void {
    if (!windows.delete(window) || windows.size > 0) return;
    if (isQuitting) void leave(0);
    else if (events.listenerCount('window-all-closed') > 0) events.emit('window-all-closed');
    else quit();
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  // Closing the last visible window ends Chromium itself.
  void chromium.exited.then(() => {
    for (const window of windows) windowClosed(window);
  });

  const app: StandInApp = Object.assign(events, {
    isPackaged: false,
    commandLine: { appendSwitch: () => undefined },
    enableSandbox: () => undefined,
    getPath: () => userData,
    getVersion: () => version,
    isReady: () => isReady,
    whenReady: () => (isReady ? Promise.resolve() : new Promise<void>((done) => events.once('ready', () => done()))),
    quit,
    exit: (code = 0) => void leave(code),
    requestSingleInstanceLock() {
      mkdirSync(userData, { recursive: true, mode: 0o700 });
      releaseLock = takeInstanceLock(userData, () => events.emit('second-instance'));
      return releaseLock !== undefined;
    },
    windowOpened: (window: Closable) => void windows.add(window),
    windowClosed,
    async becomeReady() {
      await chromium.connection.root.send('Browser.getVersion');
      await chromium.connection.root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
      isReady = true;
      // Through the object, because a test driver replaces `emit` to hold `ready` back.
      app.emit('ready', {}, {});
    },
  });
  return app;
}

/** Where Electron keeps the data of an app, by platform. */
function dataHome(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
}
