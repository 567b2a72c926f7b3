import type { WebContentsApi } from './electron-api.ts';

/**
 * Calls `onGone` when the page is no longer the one a person saw: it crashed, hangs, wants to go elsewhere, or is loaded anew,
 * which asks no `will-navigate` when it is a menu that reloads it. Moving about within the page does not count.
 */
export function whenPageGone(contents: WebContentsApi, onGone: () => void): void {
  contents.on('render-process-gone', onGone);
  contents.on('unresponsive', onGone);
  contents.on('will-navigate', onGone);
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) onGone();
  });
}
