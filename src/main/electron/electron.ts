import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import type { ElectronApi } from './electron-api.ts';

/** Electron itself, narrowed to what the app uses. */
export const electron: ElectronApi = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  utilityProcess,
};
