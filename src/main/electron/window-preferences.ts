import type { WebPreferences } from './electron-api.ts';

/** The one session pages live in. Without `persist:` in its name it is kept in memory only. */
export const UI_PARTITION = 'ui';

/** What a page may do, all of it written out (security bar §1.1). `preload` is an absolute path. */
export function windowPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    partition: UI_PARTITION,
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    webgl: false,
    disableDialogs: true,
    disableBlinkFeatures: 'Auxclick',
    defaultEncoding: 'utf-8',
    devTools: !isPackaged,
  };
}
