import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../find-browser.cjs';
import { standInLauncher } from '../find-electron.cjs';
import { launchApp, type RunningApp } from '../launch.ts';

const appFolder = join(__dirname, '../empty-app');

type Api = {
  invoke(channel: string, value?: unknown): Promise<unknown>;
  onSecond(listener: (payload: unknown) => void): () => void;
};
type Page = { readonly api: Api; heard?: unknown[]; stop?: () => void };

/** Starts the empty app without a driver and waits for its end; for apps that must not start. */
function runAlone(dataDir: string, args: string[]) {
  return spawnSync(process.execPath, [standInLauncher, appFolder, `--user-data-dir=${dataDir}`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, STANDIN_HEADLESS: '1' },
    timeout: 15_000,
  });
}

describe.skipIf(findBrowser() === undefined)('an app in the stand-in', () => {
  let dataDir = '';
  let running: RunningApp;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'standin-test-'));
    running = await launchApp({ dataDir, runtime: 'stand-in', appFolder });
  });
  afterAll(async () => {
    await running.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('values come back from main as they went', async () => {
    const value = { text: 'ü', list: [1, null, { deep: true }], big: 'yes' };
    expect(await running.page.evaluate((sent) => (window as unknown as Page).api.invoke('echo', sent), value)).toEqual(
      value,
    );
  });

  test('bigint, bytes and undefined cross too', async () => {
    const isSame = await running.page.evaluate(async () => {
      const { api } = window as unknown as Page;
      const back = (await api.invoke('echo', {
        big: 2n ** 64n,
        bytes: new Uint8Array([1, 255]),
        nothing: undefined,
      })) as {
        big: bigint;
        bytes: Uint8Array;
      };
      return back.big === 2n ** 64n && back.bytes instanceof Uint8Array && back.bytes[1] === 255 && 'nothing' in back;
    });
    expect(isSame).toBe(true);
  });

  test('what cannot be cloned is refused on either way', async () => {
    const messages = await running.page.evaluate(async () => {
      const { api } = window as unknown as Page;
      const failure = (error: unknown) => (error instanceof Error ? error.message : String(error));
      return Promise.all([
        api.invoke('echo', { deep: [() => 1] }).catch(failure),
        (async () => api.invoke('echo', Symbol('x')))().catch(failure),
        api.invoke('unclonable').catch(failure),
      ]);
    });
    for (const message of messages) expect(message).toContain('could not be cloned');
  });

  test('an error of a handler arrives in Electron’s words', async () => {
    const message = await running.page.evaluate(() =>
      (window as unknown as Page).api.invoke('failing').catch((error: Error) => error.message),
    );
    expect(message).toBe("Error invoking remote method 'failing': TypeError: on purpose");
  });

  test('main sees the page under the app’s own origin', async () => {
    const frame = await running.page.evaluate(() => (window as unknown as Page).api.invoke('frame'));
    expect(frame).toEqual({ origin: 'app://bundle', isMain: true });
  });

  test('the page finds the exposed functions and nothing of the preload script', async () => {
    const found = await running.page.evaluate(() => {
      const { api } = window as unknown as Page;
      const names = ['require', 'process', 'module', 'ipcRenderer', 'electron', '__standinPost', '__standinReceive'];
      return {
        api: Object.keys(api),
        isFrozen: Object.isFrozen(api) && Object.isFrozen(api.invoke),
        isFixed: !Object.getOwnPropertyDescriptor(window, 'api')?.writable,
        leaked: names.filter((name) => name in window),
      };
    });
    expect(found).toEqual({ api: ['invoke', 'onSecond'], isFrozen: true, isFixed: true, leaked: [] });
  });

  test('a page cannot leave, open a window or reach the network', async () => {
    const outcome = await running.page.evaluate(async () => {
      const opened = window.open('https://example.com/');
      location.href = 'https://example.com/';
      const fetched = await fetch('https://example.com/').then(
        () => 'answered',
        () => 'refused',
      );
      return { opened, fetched };
    });
    expect(outcome).toEqual({ opened: null, fetched: 'refused' });
    expect(running.page.url()).toContain('/index.html');
    expect(running.app.windows()).toHaveLength(1);
  });

  test('a page that loads its own address again asks main first, as any page that leaves; a driver does not', async () => {
    const { app, page } = running;
    const asked = await app.evaluateHandle(({ BrowserWindow }) => {
      const count = { of: 0 };
      // A driver's list of windows knows their contents by Electron's type, which the stand-in has a part of.
      BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', () => void (count.of += 1));
      return count;
    });
    const isSame = () => page.evaluate(() => 'mark' in window);
    await page.evaluate(() => void Object.assign(window, { mark: 1 }));
    const ways = ['location.reload()', 'location.href = location.href', 'location.replace("/index.html?again")'];
    for (const [index, way] of ways.entries()) {
      await page.evaluate(`void setTimeout(() => { ${way} })`);
      await expect.poll(() => asked.evaluate(({ of }) => of)).toBe(index + 1);
      expect(await isSame()).toBe(true);
    }
    await page.reload();
    expect(await isSame()).toBe(false);
    expect(await asked.evaluate(({ of }) => of)).toBe(ways.length);
  });

  test('main is asked at each request for a permission', async () => {
    const { app, page } = running;
    await app.evaluate(({ session }) => {
      const answers = [true, false, true];
      session
        .fromPartition('ui')
        .setPermissionRequestHandler((_contents, permission, answer) =>
          answer(permission === 'notifications' && answers.shift() === true),
        );
    });
    const ask = () => page.evaluate(() => Notification.requestPermission());
    expect([await ask(), await ask(), await ask()]).toEqual(['granted', 'denied', 'granted']);
  });

  test('a second start in the same folder ends at once, and the first hears of it until it stops listening', async () => {
    await running.page.evaluate(() => {
      const page = window as unknown as Page;
      page.heard = [];
      page.stop = page.api.onSecond((payload) => page.heard?.push(payload));
    });
    expect(runAlone(dataDir, []).status).toBe(0);
    await running.page.waitForFunction(() => (window as unknown as Page).heard?.length === 1);
    await running.page.evaluate(() => (window as unknown as Page).stop?.());
    expect(runAlone(dataDir, []).status).toBe(0);
    expect(await running.page.evaluate(() => (window as unknown as Page).heard)).toEqual([{ is: 'here' }]);
  });

  test('a child that crashes is heard on main’s standard error', async () => {
    const modulePath = join(dataDir, 'crash.cjs');
    writeFileSync(modulePath, "throw new Error('the child fell over');");
    const { stderr } = running.app.process();
    const heard = new Promise((resolve) => {
      stderr?.on('data', (part) => String(part).includes('the child fell over') && resolve(true));
    });
    await running.app.evaluate(
      ({ utilityProcess }, path) => void utilityProcess.fork(path, [], { stdio: ['ignore', 'ignore', 'inherit'] }),
      modulePath,
    );
    expect(await heard).toBe(true);
  });

  test('the theme main chose is the theme the page sees', async () => {
    await running.app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'dark'));
    await running.page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await running.app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'light'));
    await running.page.waitForFunction(() => matchMedia('(prefers-color-scheme: light)').matches);
  });
});

describe.skipIf(findBrowser() === undefined)('temporary files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'standin-ends-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const open = (name: string) => launchApp({ dataDir: join(folder, name), runtime: 'stand-in', appFolder });
  const namedAfter = (pid = 0) =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`run-console-standin-${pid}-`));

  test('go with the app, and those of a killed app with the next start', async () => {
    const killed = await open('killed');
    const { pid: killedPid } = killed.app.process();
    await killed.kill();
    expect(namedAfter(killedPid)).not.toEqual([]);
    const closed = await open('closed');
    const { pid: closedPid } = closed.app.process();
    expect(namedAfter(killedPid)).toEqual([]);
    expect(namedAfter(closedPid)).toHaveLength(2);
    await closed.close();
    expect(namedAfter(closedPid)).toEqual([]);
  });
});

describe.skipIf(findBrowser() === undefined)('what Electron’s sandbox would refuse, the stand-in refuses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'standin-refusals-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(['sandbox', 'contextIsolation', 'nodeIntegration'])('a window without a safe %s', (name) => {
    const { stderr, status } = runAlone(join(folder, name), [`--preference=${name}`]);
    expect(status).not.toBe(0);
    expect(stderr).toContain(`opens no window without ${name}`);
  });

  test('a preload script that requires anything but Electron', async () => {
    const names = ['fs', 'node:fs', './other.js', 'zod', 'path'];
    const preload = join(folder, 'preload.cjs');
    writeFileSync(
      preload,
      `const { contextBridge } = require('electron');
       const attempt = (name) => { try { require(name); return 'loaded'; } catch (error) { return error.message; } };
       contextBridge.exposeInMainWorld('said', ${JSON.stringify(names)}.map(attempt));`,
    );
    const running = await launchApp({
      dataDir: join(folder, 'preload'),
      runtime: 'stand-in',
      appFolder,
      args: [`--preload=${preload}`],
    });
    const said = await running.page.evaluate(() => (window as unknown as { said: string[] }).said);
    await running.close();
    expect(said).toEqual(names.map((name) => `module not found: ${name}`));
  });
});
