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

/** Settles what Chromium would ask a person: the app's own handler decides, once for each window. */
export async function setPermissions(root: Cdp, session: StandInSession, contents: WebContentsApi): Promise<void> {
  await Promise.all(
    PERMISSIONS.map(([permission, name]) =>
      root.send('Browser.setPermission', {
        permission: name === 'clipboard-write' ? { name, allowWithoutSanitization: false } : { name },
        setting: session.isGranted(contents, permission) ? 'granted' : 'denied',
      }),
    ),
  );
}
