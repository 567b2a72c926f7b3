import { deriveWebSocketUrl } from '#core/networks/url-rules.ts';

/** Whether a URL is plain http. */
export function isPlainHttp(url: string): boolean {
  return /^http:/i.test(url);
}

/** The WebSocket URL that goes with a typed RPC URL; empty while that is not a URL yet. */
export function derivedWebSocketUrl(rpcUrl: string): string {
  try {
    return deriveWebSocketUrl(rpcUrl);
  } catch {
    return '';
  }
}
