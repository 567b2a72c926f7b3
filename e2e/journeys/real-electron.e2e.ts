import { expect } from '@playwright/test';
import { test } from '../harness/fixture.ts';
import { defaultRuntime } from '../harness/launch.ts';

test.skip(
  defaultRuntime() !== 'electron',
  'SKIPPED: only the real Electron binary can show this, and it is not installed',
);

test('Electron itself runs the page sandboxed, isolated and with web security', async ({ app }) => {
  const preferences = await app.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
  });
  expect(await app.page.evaluate(() => ['process', 'require', 'module'].filter((name) => name in globalThis))).toEqual(
    [],
  );
});

test('the page’s origin is the app’s own scheme, and nothing outside it loads', async ({ app }) => {
  expect(await app.page.evaluate(() => location.origin)).toBe('app://bundle');
  await app.page.evaluate(() => {
    location.href = 'https://example.org/';
  });
  await app.page.waitForTimeout(500);
  expect(await app.page.evaluate(() => location.origin)).toBe('app://bundle');
});

test('the main process keeps none of the variables that weaken TLS or inject code', async ({ app }) => {
  const kept = await app.app.evaluate(() =>
    ['NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'SSLKEYLOGFILE'].filter(
      (name) => name in process.env,
    ),
  );
  expect(kept).toEqual([]);
});
