import { EventEmitter } from 'node:events';
import type { BrowserWindowApi, BrowserWindowOptions, Rectangle, ThemeApi } from '#main/electron/electron-api.ts';
import type { StandInApp } from './app.ts';
import type { Cdp } from './cdp.ts';
import type { Chromium } from './chromium.ts';
import type { IpcMain } from './ipc-main.ts';
import { openTarget } from './open-target.ts';
import { checkPermissions, requestPermission } from './permissions.ts';
import type { Sessions } from './session.ts';
import { createWebContents, type StandInContents, type WebContentsTable } from './web-contents.ts';
import { refuseWhatSandboxRefuses } from './window-options.ts';

type Surroundings = {
  readonly app: StandInApp;
  readonly chromium: Chromium;
  readonly contents: WebContentsTable;
  readonly ipcMain: IpcMain;
  readonly sessions: Sessions;
  readonly theme: ThemeApi;
};

/** What a test driver asks of the class besides making windows. */
type WindowClass = {
  new (options: BrowserWindowOptions): BrowserWindowApi;
  fromWebContents(contents: StandInContents): BrowserWindowApi | undefined;
  getAllWindows(): BrowserWindowApi[];
};

/** The class `BrowserWindow`. Windows exist at once; what they do in Chromium is queued behind its start. */
export function createBrowserWindowClass(surroundings: Surroundings): WindowClass {
  const windows = new Map<StandInContents, BrowserWindowApi>();

  function BrowserWindow(options: BrowserWindowOptions): BrowserWindowApi {
    const window = createWindow(options, surroundings);
    windows.set(window.webContents, window);
    window.on('closed', () => windows.delete(window.webContents));
    return window;
  }
  // Called with `new`, a function that returns an object gives that object.
  return Object.assign(BrowserWindow as unknown as WindowClass, {
    fromWebContents: (contents: StandInContents) => windows.get(contents),
    getAllWindows: () => [...windows.values()],
  });
}

type OpenWindow = BrowserWindowApi & EventEmitter & { readonly webContents: StandInContents };

function createWindow(options: BrowserWindowOptions, surroundings: Surroundings): OpenWindow {
  refuseWhatSandboxRefuses(options);
  const { app, chromium, contents: table, ipcMain, sessions, theme } = surroundings;
  if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
  const events = new EventEmitter();
  let isDestroyed = false;
  let bounds: Rectangle = { x: options.x ?? 0, y: options.y ?? 0, width: options.width, height: options.height };
  const session = sessions.fromPartition(options.webPreferences.partition);
  const { root } = chromium.connection;
  const contents: StandInContents = createWebContents({
    id: table.nextId(),
    preferences: options.webPreferences,
    session,
    ipcMain,
    theme: () => theme.themeSource,
    close,
    requestPermission: (permission) => requestPermission(root, session, { contents, permission }),
  });
  table.add(contents);

  const opened = openTarget(chromium).then(async ({ cdp, targetId }) => {
    await Promise.all([
      contents.attach(cdp, targetId),
      checkPermissions(root, session, contents),
      fitContent(cdp, bounds),
    ]);
    root.on('Target.targetDestroyed', (gone) => {
      if (gone.targetId === targetId) closed();
    });
    root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type !== 'page' || targetInfo.openerId !== targetId) return;
      contents.askToOpen(targetInfo.url);
      void root.send('Target.closeTarget', { targetId: targetInfo.targetId });
    });
    return { cdp, targetId };
  });
  opened.catch((error: unknown) => {
    if (!isDestroyed) process.stderr.write(`the window did not open: ${String(error)}\n`);
  });

  function close(): void {
    void opened.then(({ targetId }) => root.send('Target.closeTarget', { targetId })).catch(() => closed());
  }

  function closed(): void {
    if (isDestroyed) return;
    isDestroyed = true;
    contents.destroyed();
    table.remove(contents);
    events.emit('closed');
    app.windowClosed(window);
  }

  const window: OpenWindow = Object.assign(events, {
    webContents: contents,
    close,
    isDestroyed: () => isDestroyed,
    isMinimized: () => false,
    isMaximized: () => false,
    show: () => undefined,
    restore: () => undefined,
    focus: () => void opened.then(({ cdp }) => cdp.send('Page.bringToFront')).catch(() => undefined),
    maximize() {
      bounds = { x: 0, y: 0, width: 1920, height: 1040 };
      void opened.then(({ cdp }) => fitContent(cdp, bounds)).catch(() => undefined);
    },
    getContentBounds: () => bounds,
    async loadURL(url: string) {
      await opened;
      await contents.load(url);
    },
  });
  contents.once('did-finish-load', () => events.emit('ready-to-show'));
  app.windowOpened(window);
  app.emit('web-contents-created', {}, contents);
  return window;
}

/** Sizes the window so that the page, without the frame Chromium draws, is as large as asked for. */
async function fitContent(cdp: Cdp, { x, y, width, height }: Rectangle): Promise<void> {
  const { windowId } = await cdp.send('Browser.getWindowForTarget');
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: '[outerWidth - innerWidth, outerHeight - innerHeight].map((size) => Math.max(size, 0))',
    returnByValue: true,
  });
  const [frameWidth = 0, frameHeight = 0]: number[] = Array.isArray(result.value) ? result.value : [];
  await cdp.send('Browser.setWindowBounds', {
    windowId,
    bounds: { left: x, top: y, width: width + frameWidth, height: height + frameHeight },
  });
}
