import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RpcServer, startRpcServer } from './server.ts';

let server: RpcServer;
beforeEach(async () => {
  server = await startRpcServer(0, {
    onRequest: (text) => `{"bytes":${text.length}}`,
    onSocket: (socket) => socket.send('hello'),
  });
});
afterEach(() => server.close());

const JSON_TYPE = { 'content-type': 'application/json' };

/** Status of a request with exactly these headers. */
function post(headers: Record<string, string>, body = '{}', method = 'POST'): Promise<number | undefined> {
  const { hostname, port } = new URL(server.rpcUrl);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function openSocket(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on('message', (data) => {
      socket.terminate();
      resolve(data.toString());
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

describe('the server', () => {
  test.each(['127.0.0.1', '127.0.0.1:8899', 'localhost', 'LOCALHOST:1'])('answers at the name %s', async (host) => {
    expect(await post({ ...JSON_TYPE, host })).toBe(200);
  });

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80', '[::1]', '0.0.0.0', '127.0.0.1:x'])(
    'refuses requests that came by the name “%s”',
    async (host) => {
      expect(await post({ ...JSON_TYPE, host })).toBe(403);
    },
  );

  test.each(['https://evil.example', 'http://localhost:8899', 'http://127.0.0.1', 'null', ''])(
    'refuses web pages, here of origin “%s”',
    async (origin) => {
      expect(await post({ ...JSON_TYPE, origin })).toBe(403);
      expect(await openSocket(server.webSocketUrl, { origin })).toContain('403');
      expect(await openSocket(server.rpcUrl.replace('http', 'ws'), { origin })).toContain('403');
    },
  );

  test('refuses WebSockets that came by another name', async () => {
    expect(await openSocket(server.webSocketUrl, { host: 'evil.example' })).toContain('403');
  });

  test('serves WebSockets on the next port and on its own', async () => {
    expect(Number(new URL(server.webSocketUrl).port)).toBe(Number(new URL(server.rpcUrl).port) + 1);
    expect(await openSocket(server.webSocketUrl, {})).toBe('hello');
    expect(await openSocket(server.rpcUrl.replace('http', 'ws'), {})).toBe('hello');
  });

  test('takes only JSON sent with POST', async () => {
    expect(await post({ 'content-type': 'text/plain' })).toBe(415);
    expect(await post({})).toBe(415);
    expect(await post({ 'content-type': 'application/json; charset=utf-8' })).toBe(200);
    expect(await post(JSON_TYPE, '', 'GET')).toBe(405);
    expect(await post(JSON_TYPE, '', 'OPTIONS')).toBe(405);
  });

  test('takes a body of 1 MiB and no byte more', async () => {
    expect(await post(JSON_TYPE, 'x'.repeat(1024 * 1024))).toBe(200);
    expect(await post(JSON_TYPE, 'x'.repeat(1024 * 1024 + 1))).toBe(413);
  });

  test('takes no longer body either when its length is not announced', async () => {
    const chunked = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
    expect(await post(chunked, 'x'.repeat(1024 * 1024))).toBe(200);
    expect(await post(chunked, 'x'.repeat(1024 * 1024 + 1))).toBe(413);
  });

  test('is not reachable but through the loopback interface', async () => {
    const port = Number(new URL(server.rpcUrl).port);
    const outcome = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port }, () => resolve('connected'));
      socket.on('error', () => resolve('refused'));
    });
    expect(outcome).toBe('refused');
  });

  test('says which port is taken', async () => {
    const port = Number(new URL(server.rpcUrl).port);
    const handlers = { onRequest: () => '', onSocket: () => undefined };
    await expect(startRpcServer(port, handlers)).rejects.toMatchObject({
      code: 'practice/port-taken',
      params: { port },
    });
    await expect(startRpcServer(port - 1, handlers)).rejects.toMatchObject({ code: 'practice/port-taken' });
  });
});
