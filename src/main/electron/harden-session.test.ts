import { expect, test } from 'vitest';
import type { ElectronApi, PreventableEvent, SessionApi, WebContentsApi } from './electron-api.ts';
import { hardenApp, hardenContents, hardenSession } from './harden-session.ts';

/** Records every handler by the method that took it. */
function recorder() {
  const taken = new Map<string, (...args: never[]) => unknown>();
  const take = (name: string) => (handler: (...args: never[]) => unknown) => void taken.set(name, handler);
  const on = (event: string, listener: (...args: never[]) => unknown) => void taken.set(event, listener);
  return { taken, take, on };
}

function ask(handler: ((...args: never[]) => unknown) | undefined, ...args: unknown[]): unknown {
  if (!handler) throw new Error('nobody listens');
  return (handler as (...args: unknown[]) => unknown)(...args);
}

function isPrevented(handler: ((...args: never[]) => unknown) | undefined, ...rest: unknown[]): boolean {
  let prevented = false;
  const event: PreventableEvent = { preventDefault: () => void (prevented = true) };
  ask(handler, event, ...rest);
  return prevented;
}

async function hardenedSession() {
  const { taken, take, on } = recorder();
  let proxy: unknown;
  const session = {
    webRequest: { onBeforeRequest: take('request') },
    setPermissionRequestHandler: take('permission-request'),
    setPermissionCheckHandler: take('permission-check'),
    setDevicePermissionHandler: take('device'),
    setDisplayMediaRequestHandler: take('display'),
    setBluetoothPairingHandler: take('pairing'),
    setProxy: (config: unknown) => Promise.resolve(void (proxy = config)),
    on,
  };
  await hardenSession(session as unknown as SessionApi);
  return { taken, proxy };
}

test.each([
  ['app://bundle/index.html', false],
  ['app://bundle.evil/index.html', true],
  ['app://bundle', true],
  ['https://example.com/', true],
  ['http://127.0.0.1:8899/', true],
  ['ws://127.0.0.1:8900/', true],
  ['file:///etc/passwd', true],
  ['devtools://devtools/bundled/inspector.html', true],
])('a request for %s is cancelled: %s', async (url, isCancelled) => {
  const { taken } = await hardenedSession();
  let answer: unknown;
  ask(taken.get('request'), { url }, (given: unknown) => void (answer = given));
  expect(answer).toEqual({ cancel: isCancelled });
});

test.each([
  ['clipboard-sanitized-write', true],
  ['clipboard-read', false],
  ['media', false],
  ['geolocation', false],
  ['notifications', false],
  ['midi', false],
  ['openExternal', false],
  ['fileSystem', false],
])('the permission %s is granted: %s', async (permission, isGranted) => {
  const { taken } = await hardenedSession();
  let answer: unknown;
  ask(taken.get('permission-request'), {}, permission, (given: unknown) => void (answer = given));
  expect(answer).toBe(isGranted);
  expect(ask(taken.get('permission-check'), null, permission)).toBe(isGranted);
});

test('devices, screen capture, pairing and downloads are refused', async () => {
  const { taken } = await hardenedSession();
  const answers: unknown[] = [];
  ask(taken.get('display'), {}, (given: unknown) => answers.push(given));
  ask(taken.get('pairing'), {}, (given: unknown) => answers.push(given));
  expect(ask(taken.get('device'))).toBe(false);
  expect(answers).toEqual([{}, { confirmed: false }]);
  expect(isPrevented(taken.get('will-download'))).toBe(true);
});

test('what slips past every other rule meets a proxy that is not there', async () => {
  const { proxy } = await hardenedSession();
  expect(proxy).toMatchObject({ mode: 'fixed_servers', proxyBypassRules: '<-loopback>' });
});

test('a page stays where it is and opens nothing', () => {
  const { taken, take, on } = recorder();
  let policy: unknown;
  hardenContents({
    on,
    setWindowOpenHandler: take('open'),
    setWebRTCIPHandlingPolicy: (chosen: unknown) => void (policy = chosen),
  } as unknown as WebContentsApi);
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    expect(isPrevented(taken.get(event)), event).toBe(true);
  }
  expect(ask(taken.get('open'), { url: 'https://example.com' })).toEqual({ action: 'deny' });
  expect(policy).toBe('disable_non_proxied_udp');
});

test('the app is sandboxed, silent, and trusts no certificate the system does not', () => {
  const { taken, on } = recorder();
  const switches: string[] = [];
  let isSandboxed = false;
  const app = {
    enableSandbox: () => void (isSandboxed = true),
    commandLine: { appendSwitch: (name: string) => switches.push(name) },
    on,
  };
  hardenApp({ app } as unknown as ElectronApi);
  expect(isSandboxed).toBe(true);
  expect(switches).toEqual([
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
  ]);
  let trusted: unknown;
  const answer = (given: unknown) => void (trusted = given);
  expect(isPrevented(taken.get('certificate-error'), {}, 'https://x', 'ERR_CERT', {}, answer)).toBe(true);
  expect(trusted).toBe(false);
});
