import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { AppError } from '#core/errors/app-error.ts';

/** The only interface served: nothing outside this machine may reach a practice network. */
const LOOPBACK = '127.0.0.1';

/** Largest request body and WebSocket message: 1 MiB. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** A client that has not sent its request after this is cut off. Milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Ephemeral ports come one at a time, and ours must come in neighbouring pairs. */
const PORT_ATTEMPTS = 30;

export type ServerHandlers = {
  /** Request text → answer text; `undefined` when the request asks for none. */
  readonly onRequest: (text: string) => string | undefined;
  readonly onSocket: (socket: WebSocket) => void;
};

export type RpcServer = {
  readonly rpcUrl: string;
  readonly webSocketUrl: string;
  readonly close: () => Promise<void>;
};

/**
 * HTTP and WebSocket on a pair of loopback ports: WebSocket on the port after HTTP's, where clients look for it, and as
 * an upgrade on the HTTP port too. Web pages are refused, whatever address they reach the port by.
 *
 * @param port - HTTP port; 0 for any pair that is free
 * @throws AppError `practice/port-taken`
 */
export async function startRpcServer(port: number, handlers: ServerHandlers): Promise<RpcServer> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  sockets.on('connection', handlers.onSocket);
  const [http, webSocket] = await listenOnPair(port, () => createHttpServer(handlers, sockets));
  const httpPort = portOf(http);
  return {
    rpcUrl: `http://${LOOPBACK}:${httpPort}`,
    webSocketUrl: `ws://${LOOPBACK}:${httpPort + 1}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await Promise.all([close(http), close(webSocket)]);
    },
  };
}

function createHttpServer({ onRequest }: ServerHandlers, sockets: WebSocketServer): Server {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const refusal = refusalOf(request) ?? refusalOfPost(request);
    if (refusal) return refuse(request, response, refusal);
    return readBody(request, response, onRequest);
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (refusalOf(request)) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  return server;
}

/**
 * A browser names the page's origin on every request that could do harm, and a name that was pointed at this machine
 * arrives in `Host`. Programs send neither.
 */
function refusalOf({ headers }: IncomingMessage): number | undefined {
  const { host = '', origin } = headers;
  const isLocal = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i.test(host);
  return isLocal && origin === undefined ? undefined : 403;
}

function refusalOfPost({ method, headers }: IncomingMessage): number | undefined {
  if (method !== 'POST') return 405;
  // Also keeps out what a page may send without asking first: forms and plain text.
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) return 415;
  return Number(headers['content-length'] ?? 0) > MAX_MESSAGE_BYTES ? 413 : undefined;
}

function readBody(request: IncomingMessage, response: ServerResponse, onRequest: ServerHandlers['onRequest']): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('error', () => response.destroy());
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_MESSAGE_BYTES) chunks.push(chunk);
    else if (!response.headersSent) refuse(request, response, 413);
  });
  request.on('end', () => {
    if (response.headersSent) return;
    const answer = onRequest(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(answer ?? '');
  });
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', 'content-type': 'text/plain' }).end();
  request.resume();
}

async function listenOnPair(port: number, create: () => Server): Promise<[Server, Server]> {
  for (let attempt = 1; ; attempt += 1) {
    const first = create();
    await listen(first, port);
    const second = create();
    try {
      await listen(second, portOf(first) + 1);
      return [first, second];
    } catch (cause) {
      await close(first);
      if (port !== 0 || attempt === PORT_ATTEMPTS) throw cause;
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (port > 65_535) return reject(new AppError('practice/port-taken', { port }));
    const onError = (cause: Error) => reject(new AppError('practice/port-taken', { port }, { cause }));
    server.once('error', onError);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  // Only a server on a pipe, or one that does not listen, has no port.
  return (server.address() as AddressInfo).port;
}
