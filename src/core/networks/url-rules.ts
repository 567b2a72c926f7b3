import { AppError } from '#core/errors/app-error.ts';

/** A checked endpoint. */
export type Endpoint = {
  readonly url: string;
  /** Scheme, host and port: all of it that is ever logged or shown in an error. */
  readonly origin: string;
  /** Plain http or ws to another machine. Loopback is not counted: nothing leaves this machine. */
  readonly unencrypted: boolean;
};

type Parts = { scheme: string; host: string; port: number | undefined; rest: string };

/**
 * Checks an RPC URL: https anywhere, http to this machine, http to a private address once that was allowed.
 *
 * @throws AppError `network/url-malformed`, `network/unencrypted`, `network/unencrypted-private`
 */
export function checkRpcUrl(text: string, allowUnencrypted: boolean): Endpoint {
  return checkUrl(text, ['http', 'https'], allowUnencrypted);
}

/**
 * Checks a WebSocket URL by the same rule; an empty one is derived from the RPC URL.
 *
 * @throws AppError `network/url-malformed`, `network/unencrypted`, `network/unencrypted-private`
 */
export function checkWebSocketUrl(text: string, rpcUrl: string, allowUnencrypted: boolean): Endpoint {
  const url = text.trim() === '' ? deriveWebSocketUrl(rpcUrl) : text;
  return checkUrl(url, ['ws', 'wss'], allowUnencrypted);
}

/**
 * The WebSocket URL that belongs to an RPC URL: next port where a port is written, same host otherwise. Source: Solana
 * CLI `compute_websocket_url`, which also keeps path and query.
 *
 * @throws AppError `network/url-malformed`
 */
export function deriveWebSocketUrl(rpcUrl: string): string {
  const { scheme, host, port, rest } = split(rpcUrl, ['http', 'https']);
  const webSocketScheme = scheme === 'https' ? 'wss' : 'ws';
  const nextPort = port === undefined ? '' : `:${Math.min(port + 1, MAX_PORT)}`;
  return `${webSocketScheme}://${host}${nextPort}${rest}`;
}

const MAX_PORT = 65_535;

function checkUrl(text: string, schemes: readonly string[], allowUnencrypted: boolean): Endpoint {
  const { scheme, host, port, rest } = split(text, schemes);
  const origin = `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
  const endpoint = { url: origin + rest, origin, unencrypted: false };
  if (scheme.endsWith('s') && scheme !== 'ws') return endpoint;
  if (isLoopback(host)) return endpoint;
  if (!isPrivate(host)) throw new AppError('network/unencrypted', { host });
  if (!allowUnencrypted) throw new AppError('network/unencrypted-private', { host });
  return { ...endpoint, unencrypted: true };
}

/** Written out instead of a URL class: core has none, and what is not understood here is refused. */
function split(text: string, schemes: readonly string[]): Parts {
  const match = /^([a-z]+):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?((?:[/?][\x21-\x7e]*)?)$/i.exec(
    text.trim(),
  );
  const [, scheme = '', host = '', portText, rest = ''] = match ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  const isUsable =
    match !== null &&
    isHost(host.toLowerCase()) &&
    !/[\\#@]/.test(rest) &&
    (port === undefined || (port > 0 && port <= MAX_PORT));
  if (!isUsable || !schemes.includes(scheme.toLowerCase())) {
    throw new AppError('network/url-malformed', { schemes: schemes.map((name) => `${name}://`).join(' or ') });
  }
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port, rest };
}

/**
 * A name, an IPv4 address in its plain form, or an IPv6 address. Platforms read a host that ends in a number as an IPv4 address:
 * one that is not plain is refused, since it either cannot be opened or leads elsewhere than it seems to. Source: WHATWG URL,
 * “ends in a number checker”.
 */
function isHost(host: string): boolean {
  if (host.startsWith('[')) return isIpv6(host.slice(1, -1));
  const last = host.replace(/\.$/, '').split('.').at(-1) ?? '';
  return !/^(\d+|0x[0-9a-f]*)$/.test(last) || octets(host) !== undefined;
}

/** Eight groups, of which one run may be left out; the last two may be written as IPv4. Source: RFC 4291 §2.2. */
function isIpv6(text: string): boolean {
  const lastPart = text.slice(text.lastIndexOf(':') + 1);
  if (lastPart.includes('.') && octets(lastPart) === undefined) return false;
  const halves = (lastPart.includes('.') ? `${text.slice(0, -lastPart.length)}0:0` : text).split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isComplete = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8;
  return isComplete && groups.every((group) => /^[0-9a-f]{1,4}$/.test(group));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || octets(host)?.[0] === 127;
}

/** Ranges of RFC 1918, RFC 3927 (link local), RFC 4193 and RFC 4291 §2.5.6. */
function isPrivate(host: string): boolean {
  if (/^\[(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host)) return true;
  const [first, second = 0] = octets(host) ?? [];
  if (first === 10) return true;
  if (first === 172) return second >= 16 && second <= 31;
  if (first === 192) return second === 168;
  return first === 169 && second === 254;
}

/** Only the plain four-number form. */
function octets(host: string): number[] | undefined {
  if (!/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(host)) return undefined;
  const numbers = host.split('.').map(Number);
  return numbers.every((number) => number <= 255) ? numbers : undefined;
}
