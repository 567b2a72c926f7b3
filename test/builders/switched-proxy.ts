import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy does with a request now. */
export type ProxyMode =
  | { readonly kind: 'pass' }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> };

/** An endpoint in front of a network, whose faults a test switches. It counts the methods it was asked for. */
export async function startProxy(targetUrl: string) {
  const asked: string[] = [];
  const state: { mode: ProxyMode; target: string } = { mode: { kind: 'pass' }, target: targetUrl };

  async function answer(body: string, response: ServerResponse): Promise<void> {
    const { mode, target } = state;
    asked.push((JSON.parse(body) as { method: string }).method);
    if (mode.kind === 'hang-up') return void response.destroy();
    if (mode.kind === 'status') return void response.writeHead(mode.status, mode.headers).end();
    const passed = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    response.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text());
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      answer(Buffer.concat(parts).toString(), response).catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
