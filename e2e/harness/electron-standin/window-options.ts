import type { BrowserWindowOptions, WebPreferences } from '#main/electron/electron-api.ts';

const REQUIRED: Partial<WebPreferences> = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
};

/** A window the stand-in would show more safely than Electron does is refused: it would hide the mistake. */
export function refuseWhatSandboxRefuses({ webPreferences }: BrowserWindowOptions): void {
  const preferences = new Map<string, unknown>(Object.entries(webPreferences));
  for (const [name, required] of Object.entries(REQUIRED)) {
    if (preferences.get(name) !== required)
      throw new Error(`the stand-in opens no window without ${name}: ${required}`);
  }
}
