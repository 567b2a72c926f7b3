import { APP_ORIGIN } from './decide-app-request.ts';
import type { ElectronApi, SessionApi, WebContentsApi } from './electron-api.ts';

/** The discard port of this machine: whatever slips past every other rule ends there. */
const DEAD_PROXY = '127.0.0.1:9';

/** Copying an address by a click is the only thing a page may do to the world. */
const GRANTED = new Set(['clipboard-sanitized-write']);

/** Nothing leaves the page but requests for its own files, and it is granted nothing (security bar §1.4, §1.5). */
export async function hardenSession(session: SessionApi): Promise<void> {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !url.startsWith(`${APP_ORIGIN}/`) }));
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on('will-download', (event) => event.preventDefault());
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: `http=${DEAD_PROXY};https=${DEAD_PROXY};socks=${DEAD_PROXY}`,
    proxyBypassRules: '<-loopback>',
  });
}

/** A page stays where it was loaded and opens nothing. */
export function hardenContents(contents: WebContentsApi): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Chromium's own background traffic, off. */
const QUIET_SWITCHES = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'no-pings',
];

/** App-wide hardening. Only before `ready`: the sandbox and switches are read once. */
export function hardenApp({ app }: ElectronApi): void {
  app.enableSandbox();
  for (const name of QUIET_SWITCHES) app.commandLine.appendSwitch(name);
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
}
