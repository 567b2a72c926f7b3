import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { connectCdp, type CdpConnection } from './cdp.ts';

export type Chromium = {
  readonly connection: CdpConnection;
  /** Settles once the browser is gone and its profile removed. */
  readonly exited: Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly path: string;
  readonly isHeadless: boolean;
  /** Opens a port on 127.0.0.1 as well, as Electron does when a test driver asks for one. */
  readonly debuggingPort: string | undefined;
};

/** What a stand-in leaves in the folder for temporary files begins so, and goes on with its process id. */
export const OWN_PREFIX = 'run-console-standin-';

/** Starts Chromium with a fresh profile, no network of its own, and a pipe for commands. */
export function startChromium({ path, isHeadless, debuggingPort }: Options): Chromium {
  removeWhatTheDeadLeft();
  const profile = mkdtempSync(join(tmpdir(), `${OWN_PREFIX}${process.pid}-`));
  const browser = spawn(path, switches(profile, isHeadless, debuggingPort), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const lastWords: string[] = [];
  if (browser.stderr) {
    createInterface({ input: browser.stderr }).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`);
      lastWords.splice(0, lastWords.length - 4, line);
    });
  }
  let isClosing = false;
  const exited = new Promise<void>((resolve) => {
    browser.on('error', (error) => process.stderr.write(`the browser did not start: ${error.message}\n`));
    browser.on('close', (code) => {
      if (!isClosing && code !== 0) process.stderr.write(`the browser ended (${code}):\n${lastWords.join('\n')}\n`);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      resolve();
    });
  });
  // With 'pipe' in places 3 and 4 these are streams; the type only knows the general case.
  const connection = connectCdp(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  return {
    connection,
    exited,
    async close() {
      isClosing = true;
      const kill = setTimeout(() => browser.kill('SIGKILL'), 3_000);
      await connection.root.send('Browser.close').catch(() => browser.kill('SIGKILL'));
      await exited;
      clearTimeout(kill);
    },
  };
}

function switches(profile: string, isHeadless: boolean, debuggingPort: string | undefined): string[] {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.stderr.write('Running as root: the browser of the stand-in runs without its sandbox.\n');
  return [
    '--remote-debugging-pipe',
    ...(debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`]),
    `--user-data-dir=${profile}`,
    ...(isHeadless ? ['--headless', '--hide-scrollbars', '--force-device-scale-factor=1'] : []),
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
    '--app=data:text/html,',
    '--window-size=1380,900',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-search-engine-choice-screen',
    '--disable-back-forward-cache',
    '--disable-blink-features=Auxclick',
    '--disable-features=Translate,MediaRouter,OptimizationHints,HttpsUpgrades,NetworkTimeServiceQuerying,DestroyProfileOnBrowserClose',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--password-store=basic',
    '--use-mock-keychain',
    '--noerrdialogs',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ];
}

/** A process that was killed could not clean up; the next one does. Names carry the process id. */
function removeWhatTheDeadLeft(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${OWN_PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Its browser outlives it for a moment and still writes: the start after this one removes it.
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
