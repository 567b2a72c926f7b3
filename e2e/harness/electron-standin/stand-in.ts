import { EventEmitter } from 'node:events';
import type { ElectronApi } from '#main/electron/electron-api.ts';
import { createApp, type StandInApp } from './app.ts';
import { createBrowserWindowClass } from './browser-window.ts';
import type { Chromium } from './chromium.ts';
import { createDialog } from './dialog.ts';
import { createIpcMain } from './ipc-main.ts';
import { createSessions } from './session.ts';
import { createTheme } from './theme.ts';
import { createUtilityProcess } from './utility-process.ts';
import { createWebContentsTable, type WebContentsTable } from './web-contents.ts';

type Options = {
  readonly chromium: Chromium;
  readonly name: string;
  readonly version: string;
  readonly switches: ReadonlyMap<string, string>;
};

type StandIn = {
  /** What `require('electron')` gives: what the app uses, and what a test driver asks for besides. */
  readonly electron: ElectronApi & { readonly app: StandInApp; readonly webContents: WebContentsTable };
  becomeReady(): Promise<void>;
};

/** The part of Electron the app uses, on top of a Chromium that is starting. */
export function createStandIn({ chromium, name, version, switches }: Options): StandIn {
  const children = createUtilityProcess();
  const app = createApp({ name, version, switches, chromium, stopChildren: children.stopAll });
  const contents = createWebContentsTable();
  const ipcMain = createIpcMain();
  const sessions = createSessions();
  const theme = createTheme(contents);
  const BrowserWindow = createBrowserWindowClass({ app, chromium, contents, ipcMain, sessions, theme });
  return {
    electron: {
      app,
      BrowserWindow,
      dialog: createDialog(chromium),
      ipcMain,
      Menu: { setApplicationMenu: () => undefined },
      nativeTheme: theme,
      powerMonitor: new EventEmitter(),
      protocol: { registerSchemesAsPrivileged: (schemes) => sessions.declareSchemes(schemes) },
      screen: { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }) },
      session: { fromPartition: (partition) => sessions.fromPartition(partition) },
      utilityProcess: { fork: children.fork },
      webContents: contents,
    },
    becomeReady: () => app.becomeReady(),
  };
}
