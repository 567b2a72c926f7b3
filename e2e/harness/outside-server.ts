import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** A server of this machine that anybody may talk to, and that counts who does. */
export type OutsideServer = {
  readonly url: string;
  readonly socketUrl: string;
  /** Paths asked for, in order; a socket's when it opened. */
  readonly seen: readonly string[];
  close(): Promise<void>;
};

/** Starts it. Every path answers with an empty page that has no policy. */
export async function startOutsideServer(): Promise<OutsideServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Outside</title><body></body>');
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (_socket, request) => seen.push(request.url ?? ''));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    socketUrl: `ws://127.0.0.1:${address.port}`,
    seen,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
