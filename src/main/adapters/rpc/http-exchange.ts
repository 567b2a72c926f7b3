import { AppError, isAppError } from '#core/errors/app-error.ts';
import { parseRetryAfter } from '#core/networks/retry-after.ts';

/** Where requests go and how long and large an answer may be. */
export type Exchange = {
  readonly url: string;
  /** Scheme, host, port: the only part of the URL that errors name. */
  readonly origin: string;
  /** For headers and body together, milliseconds. */
  readonly deadlineMs: number;
  /** Ends whatever is under way. */
  readonly closing: AbortSignal;
};

/**
 * Posts JSON text and answers with the text of the body, strictly UTF-8.
 *
 * @param maxBytes - of the body as it is read, so that a compressed flood counts in full
 * @throws AppError `rpc/unreachable`, `rpc/timeout`, `rpc/refused`, `rpc/failing`, `rpc/redirected`, `rpc/too-large`,
 *   `rpc/malformed`
 */
export async function postJson(exchange: Exchange, body: string, maxBytes: number, method: string): Promise<string> {
  const { url, origin, deadlineMs, closing } = exchange;
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([deadline, closing]),
    });
    checkStatus(origin, response);
    return decodeUtf8(await readBody(response, origin, maxBytes));
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    if (cause instanceof NotUtf8) throw new AppError('rpc/malformed', { origin, method, reason: 'not UTF-8 text' });
    if (deadline.aborted) throw new AppError('rpc/timeout', { origin, seconds: deadlineMs / 1000 }, { cause });
    throw new AppError('rpc/unreachable', { origin }, { cause });
  }
}

/** Nodes answer errors of a request with 200 or, some, with 400: those are read; the rest is not JSON-RPC. */
function checkStatus(origin: string, { status, headers }: Response): void {
  if (status === 200 || status === 400) return;
  if (status >= 300 && status < 400) throw new AppError('rpc/redirected', { origin });
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), Date.now());
  const params = { origin, status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  throw status >= 500 ? new AppError('rpc/failing', params) : new AppError('rpc/refused', params);
}

async function readBody(response: Response, origin: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new AppError('rpc/too-large', { origin, maxBytes });
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, length);
}

class NotUtf8 extends Error {}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new NotUtf8('', { cause });
  }
}
