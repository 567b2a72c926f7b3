import type { BrowserWindowApi, ElectronApi } from './electron-api.ts';

/**
 * Takes the lock on the data folder. A second start gets `false` and leaves; the first brings its window forward. What
 * the second was started with is ignored.
 */
export function takeSingleInstance({ app }: ElectronApi, window: () => BrowserWindowApi | undefined): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const open = window();
    if (!open || open.isDestroyed()) return;
    if (open.isMinimized()) open.restore();
    open.show();
    open.focus();
  });
  return true;
}
