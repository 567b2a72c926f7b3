import type { ThemeApi, ThemeSource } from '#main/electron/electron-api.ts';
import type { WebContentsTable } from './web-contents.ts';

/** `nativeTheme`: tells every page which colours the app chose; `system` leaves them to Chromium. */
export function createTheme(contents: WebContentsTable): ThemeApi {
  let source: ThemeSource = 'system';
  return {
    get themeSource() {
      return source;
    },
    set themeSource(chosen) {
      source = chosen;
      for (const page of contents.getAllWebContents()) void page.applyTheme(chosen);
    },
    get shouldUseDarkColors() {
      return source === 'dark';
    },
  };
}
