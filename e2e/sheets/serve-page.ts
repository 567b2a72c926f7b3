import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { BrowserContext } from 'playwright';
import { NONCE_PLACEHOLDER, pageHeaders } from '#main/electron/content-security-policy.ts';

/** Where the sheets find the page. The name resolves nowhere: every request is answered here. */
export const ORIGIN = 'https://bundle.app.invalid';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Answers a browser context from a folder with the very headers the app sends. */
export async function servePage(context: BrowserContext, folder: string): Promise<void> {
  const nonce = 'c2hlZXRzLWRvLW5vdC1ndWVzcw==';
  await context.route('**/*', async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    const path = normalize(pathname === '/' ? '/index.html' : pathname);
    const type = TYPES[extname(path)];
    if (origin !== ORIGIN || type === undefined) return route.fulfill({ status: 404 });
    const body = await readFile(join(folder, path), 'utf8');
    return route.fulfill({ body: body.replaceAll(NONCE_PLACEHOLDER, nonce), headers: pageHeaders(nonce, type) });
  });
}
