/**
 * Chromium only intercepts schemes it knows, so `app://bundle/x` travels as `https://bundle.app.standin.invalid/x`: secure, an
 * origin of its own, and resolved by nobody.
 */
const SUFFIX = 'standin.invalid';

/** The address Chromium is sent to for one of the app. */
export function chromiumUrl(url: string): string {
  const { protocol, host } = new URL(url);
  if (protocol === 'https:' || protocol === 'http:' || url === 'about:blank') return url;
  return url.replace(`${protocol}//${host}`, `https://${host}.${protocol.slice(0, -1)}.${SUFFIX}`);
}

/** The address of the app for one that Chromium reports. */
export function appUrl(url: string): string {
  const found = new RegExp(`^https://([^/]*)\\.([a-z]+)\\.${SUFFIX.replace('.', '\\.')}(?=/|$)`).exec(url);
  return found ? `${found[2]}://${found[1]}${url.slice(found[0].length)}` : url;
}

/** The origin of an address of the app, in Electron's words. */
export function originOf(url: string): string {
  return /^([a-z]+:\/\/[^/]*)/.exec(url)?.[1] ?? 'null';
}
