import { randomBytes } from 'node:crypto';
import { NONCE_PLACEHOLDER, pageHeaders } from './content-security-policy.ts';
import { decideAppRequest, type PageFile, type PageFiles } from './decide-app-request.ts';
import type { ElectronApi, SessionApi } from './electron-api.ts';

/** Declares `app://` to Chromium. Only before `ready`. */
export function registerAppScheme(electron: ElectronApi): void {
  electron.protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: false,
        corsEnabled: false,
        bypassCSP: false,
        allowServiceWorkers: false,
        stream: false,
      },
    },
  ]);
}

/** Answers `app://` in a session from the files in memory. */
export function serveApp(session: SessionApi, files: PageFiles): void {
  session.protocol.handle('app', (request) => answerAppRequest(request.method, request.url, files));
}

/** The answer to one request: a file with its headers, or an empty 404. */
export function answerAppRequest(method: string, url: string, files: PageFiles): Response {
  const file = decideAppRequest(method, url, files);
  const nonce = randomBytes(16).toString('base64');
  if (!file) return new Response(null, { status: 404, headers: pageHeaders(nonce, 'text/plain') });
  const body = method === 'HEAD' ? null : bodyOf(file, nonce);
  return new Response(body, { status: 200, headers: pageHeaders(nonce, file.contentType) });
}

function bodyOf({ bytes, contentType }: PageFile, nonce: string): Uint8Array<ArrayBuffer> | string {
  if (!contentType.startsWith('text/html')) return bytes;
  return new TextDecoder().decode(bytes).replaceAll(NONCE_PLACEHOLDER, nonce);
}
