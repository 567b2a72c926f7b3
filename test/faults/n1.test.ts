import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { openNode } from '#main/adapters/rpc/open-node.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { drip, httpServer, type LocalServer, rawServer, tlsServer } from './local-server.ts';

/** Instead of the 15 seconds of the app. */
const DEADLINE_MS = 1500;

/** For a machine that does other things as well. */
const SLACK_MS = 2500;

const KINDS = ['refused', 'DNS', 'TLS', 'before headers', 'in headers', 'in body'] as const;
const counts = createFaultCounts('N1', KINDS);
afterAll(() => counts.print());

type Case = {
  readonly kind: (typeof KINDS)[number];
  readonly what: string;
  readonly server?: () => Promise<LocalServer>;
  readonly url?: (port: number) => string;
  readonly codes: readonly string[];
};

const GONE = ['rpc/unreachable'];
const LATE = ['rpc/timeout'];
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const https = (port: number) => `https://127.0.0.1:${port}`;
const closedPort = async (): Promise<LocalServer> => {
  const server = await rawServer(() => undefined);
  await server.close();
  return { ...server, close: async () => undefined };
};
/** Answers what was asked with these bytes, and then does this. */
const answering =
  (bytes: string | Uint8Array, then: (socket: Socket) => void = () => undefined) =>
  () =>
    rawServer((socket) => {
      socket.once('data', () => {
        socket.write(bytes);
        then(socket);
      });
    });
const end = (socket: Socket) => void socket.end();
const reset = (socket: Socket) => void socket.resetAndDestroy();
const spaces = (socket: Socket) => drip(socket, ' ');

const CASES: readonly Case[] = [
  { kind: 'refused', what: 'nobody listens', server: closedPort, codes: GONE },
  { kind: 'refused', what: 'hung up at once', server: () => rawServer(end), codes: [...GONE, ...LATE] },
  { kind: 'refused', what: 'reset at once', server: () => rawServer(reset), codes: [...GONE, ...LATE] },
  { kind: 'refused', what: 'hung up after the request', server: answering('', end), codes: GONE },
  { kind: 'refused', what: 'reset after the request', server: answering('', reset), codes: GONE },
  { kind: 'DNS', what: 'no such name', url: () => 'http://no-such-host.invalid', codes: [...GONE, ...LATE] },
  { kind: 'DNS', what: 'no such name, with TLS', url: () => 'https://no-such-host.invalid', codes: [...GONE, ...LATE] },
  { kind: 'TLS', what: 'a certificate of its own', server: () => tlsServer(() => undefined), url: https, codes: GONE },
  {
    kind: 'TLS',
    what: 'a server without TLS',
    server: () => httpServer((_, response) => response.end()),
    url: https,
    codes: GONE,
  },
  { kind: 'TLS', what: 'silence', server: () => rawServer(() => undefined), url: https, codes: LATE },
  { kind: 'TLS', what: 'rubbish', server: answering('\u0016\u0003\u0001rubbish', end), url: https, codes: GONE },
  { kind: 'TLS', what: 'hung up in the handshake', server: answering('', end), url: https, codes: GONE },
  {
    kind: 'TLS',
    what: 'a handshake byte by byte',
    server: answering('', (socket) => drip(socket, '\u0016\u0003')),
    url: https,
    codes: [...LATE, ...GONE],
  },
  { kind: 'TLS', what: 'asked without TLS', server: () => tlsServer(() => undefined), codes: [...GONE, ...LATE] },
  { kind: 'before headers', what: 'silence', server: () => rawServer(() => undefined), codes: LATE },
  {
    kind: 'before headers',
    what: 'silence of a server that speaks HTTP',
    server: () => httpServer(() => undefined),
    codes: LATE,
  },
  {
    kind: 'before headers',
    what: 'told to go on, for ever',
    server: answering('HTTP/1.1 100 Continue\r\n\r\n'),
    codes: [...LATE, ...GONE],
  },
  { kind: 'in headers', what: 'half a status line', server: answering('HTTP/1.1 2'), codes: LATE },
  { kind: 'in headers', what: 'headers without an end', server: answering(HEAD), codes: LATE },
  {
    kind: 'in headers',
    what: 'a byte every 50 ms',
    server: answering('HTTP/1.1 200 OK\r\n', (socket) => drip(socket, 'a: b\r\n')),
    codes: LATE,
  },
  { kind: 'in headers', what: 'no HTTP', server: answering('SSH-2.0-OpenSSH\r\n\r\n', end), codes: GONE },
  {
    kind: 'in headers',
    what: 'a megabyte of them',
    server: answering(`${HEAD}x: ${'y'.repeat(2 ** 20)}\r\n\r\n`),
    codes: GONE,
  },
  { kind: 'in headers', what: 'hung up', server: answering(HEAD, end), codes: GONE },
  { kind: 'in body', what: 'silence', server: answering(`${HEAD}content-length: 9\r\n\r\n`), codes: LATE },
  {
    kind: 'in body',
    what: 'a byte every 50 ms',
    server: answering(`${HEAD}content-length: 99999\r\n\r\n`, spaces),
    codes: LATE,
  },
  {
    kind: 'in body',
    what: 'a byte every 50 ms without a length',
    server: answering(`${HEAD}\r\n`, spaces),
    codes: LATE,
  },
  {
    kind: 'in body',
    what: 'chunks without an end',
    server: answering(`${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"jso\r\n`),
    codes: LATE,
  },
  {
    kind: 'in body',
    what: 'no chunks',
    server: answering(`${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n`),
    codes: GONE,
  },
  {
    kind: 'in body',
    what: 'hung up',
    server: answering(`${HEAD}content-length: 99\r\n\r\n{"jsonrpc"`, end),
    codes: GONE,
  },
  {
    kind: 'in body',
    what: 'reset',
    server: answering(`${HEAD}content-length: 99\r\n\r\n{"jsonrpc"`, reset),
    codes: GONE,
  },
  {
    kind: 'in body',
    what: 'half of it compressed',
    server: answering(
      Buffer.concat([
        Buffer.from(`${HEAD}content-encoding: gzip\r\n\r\n`),
        gzipSync('{"jsonrpc":"2.0","id":1,"result":5}').subarray(0, 20),
      ]),
      end,
    ),
    codes: [...GONE, 'rpc/malformed'],
  },
  {
    kind: 'in body',
    what: 'not compressed as it says',
    server: answering(`${HEAD}content-encoding: gzip\r\ncontent-length: 5\r\n\r\n12345`),
    codes: GONE,
  },
];

type Read = (url: string) => Promise<unknown>;

const read: Read = (url) => openNode({ url, origin: url, commitment: 'confirmed', deadlineMs: DEADLINE_MS }).readSlot();

/** What is wrong with how a client bears it; nothing when all is well. */
async function judge(
  { server, url = (port) => `http://127.0.0.1:${port}`, codes }: Case,
  client: Read,
): Promise<string | undefined> {
  const running = await server?.();
  const start = performance.now();
  const tooLate = new Promise<string>((resolve) => setTimeout(resolve, DEADLINE_MS + SLACK_MS, 'no end'));
  try {
    const cause: unknown = await Promise.race([client(url(running?.port ?? 0)).then(() => 'an answer'), tooLate]).catch(
      (thrown: unknown) => thrown,
    );
    if (typeof cause === 'string') return cause;
    if (!isAppError(cause)) return `untyped: ${String(cause)}`;
    if (!codes.includes(cause.code)) return cause.code;
    if (messageOf(cause.code, cause.params as never).remedy === '') return 'no words';
    const tookMs = performance.now() - start;
    return tookMs > DEADLINE_MS + SLACK_MS ? `${tookMs} ms` : undefined;
  } finally {
    await running?.close();
  }
}

describe('N1: an endpoint that does not answer', () => {
  test('ends in a typed error by its deadline, however it does not answer', { timeout: 60_000 }, async () => {
    expect(CASES.length).toBeGreaterThanOrEqual(30);
    const wrong = await Promise.all(
      CASES.map(async (each) => {
        counts.count(each.kind);
        return [each.kind, each.what, await judge(each, read)];
      }),
    );
    expect(wrong.filter(([, , what]) => what !== undefined)).toEqual([]);
  });

  test('has at most 20 seconds, headers and body together', async () => {
    const server = await rawServer(() => undefined);
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    const url = `http://127.0.0.1:${server.port}`;
    try {
      await expect(openNode({ url, origin: url, commitment: 'confirmed' }).readSlot()).rejects.toMatchObject({
        code: 'rpc/timeout',
      });
      expect(timeout.mock.calls.map(([milliseconds]) => milliseconds <= 20_000)).toEqual([true]);
    } finally {
      timeout.mockRestore();
      await server.close();
    }
  });

  test('was every kind of it', () => {
    expect(counts.missing()).toEqual([]);
  });

  test('is not borne by a client that waits as long as it takes', async () => {
    const patient: Read = async (url) => (await fetch(url, { method: 'POST', body: '{}' })).json();
    const trickling = CASES.find(({ kind, what }) => kind === 'in body' && what === 'a byte every 50 ms');
    expect(trickling && (await judge(trickling, patient))).toBe('no end');
  });
});
