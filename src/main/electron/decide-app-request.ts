/** Where the page lives. One host, one scheme: everything else is refused. */
export const APP_ORIGIN = 'app://bundle';
export const PAGE_URL = `${APP_ORIGIN}/index.html`;

/** A file of the page, held in memory. */
export type PageFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string };

/** Files by the exact pathname they answer to, such as `/assets/index-Bx3.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Which file a request gets: an exact match in the list, or none. Nothing of the request is ever joined to a path
 * (security bar §1.6).
 */
export function decideAppRequest(method: string, url: string, files: PageFiles): PageFile | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, port, username, password, search, pathname } = new URL(url);
  if (protocol !== 'app:' || host !== 'bundle' || port || username || password || search) return undefined;
  return files.get(pathname);
}
