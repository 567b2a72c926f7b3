import type { WebContentsApi } from '#main/electron/electron-api.ts';
import type { Cdp } from './cdp.ts';
import type { StandInSession } from './session.ts';

/** Electron's name of a permission, and Chromium's. */
const PERMISSIONS = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
] as const;

/** What a page may do before it asked for anything: the app's check decides, once for each window. */
export async function checkPermissions(root: Cdp, session: StandInSession, contents: WebContentsApi): Promise<void> {
  const names = new Set(PERMISSIONS.map(([permission]) => permission));
  await Promise.all([...names].map((name) => setPermission(root, name, session.isGranted(contents, name))));
}

/** A page asks for a permission: the app decides, each time anew. */
export async function requestPermission(
  root: Cdp,
  session: StandInSession,
  { contents, permission }: { contents: WebContentsApi; permission: string },
): Promise<void> {
  await setPermission(root, permission, await session.isGrantedOnRequest(contents, permission));
}

async function setPermission(root: Cdp, permission: string, isGranted: boolean): Promise<void> {
  const meant = PERMISSIONS.filter(([known]) => known === permission);
  await Promise.all(
    meant.map(([, name]) =>
      root.send('Browser.setPermission', {
        permission: name === 'clipboard-write' ? { name, allowWithoutSanitization: false } : { name },
        setting: isGranted ? 'granted' : 'denied',
      }),
    ),
  );
}
