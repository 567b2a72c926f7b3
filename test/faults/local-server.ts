import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createSelfSigned } from '#test/builders/self-signed-certificate.ts';

/** A server on 127.0.0.1 for as long as a test runs. */
export type LocalServer = { readonly port: number; close(): Promise<void> };

async function listening(server: Server): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Speaks whatever it likes over a bare connection, once something was sent to it or at once. */
export function rawServer(onConnection: (socket: Socket) => void): Promise<LocalServer> {
  return listening(createServer(onConnection));
}

/** The same behind a certificate that nobody vouches for. */
export function tlsServer(onConnection: (socket: Socket) => void): Promise<LocalServer> {
  return listening(createTlsServer(createSelfSigned(), onConnection).on('tlsClientError', () => undefined));
}

export function httpServer(onRequest: RequestListener): Promise<LocalServer> {
  return listening(createHttpServer(onRequest));
}

/** Writes bytes one at a time, 50 ms between them, for as long as the other side listens. */
export function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(text[at++ % text.length] ?? ' ');
  }, 50);
  socket.on('close', () => clearInterval(timer));
}
