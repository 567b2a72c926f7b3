import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { createWebSockets } from './websockets.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

async function serverThat(meet: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  server.on('connection', meet);
  await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (text: string) => (socket: WebSocket) => {
  socket.on('message', () => socket.send(text));
};

const { test: testSocket, watchSignature } = createWebSockets(300);

describe('the test of a WebSocket URL', () => {
  test('passes when slots can be subscribed to', async () => {
    const url = await serverThat(answering('{"jsonrpc":"2.0","result":7,"id":1}'));
    expect(await testSocket(url, url)).toBe('Opened and subscribed to slots');
  });

  test('says what is wrong otherwise', async () => {
    const endings = [
      [await serverThat(answering('<html>')), 'rpc/malformed'],
      [await serverThat(answering('{"jsonrpc":"2.0","error":{"code":-32601},"id":1}')), 'rpc/malformed'],
      [await serverThat((socket) => socket.close()), 'rpc/websocket-closed'],
      [await serverThat(() => undefined), 'rpc/timeout'],
      ['ws://127.0.0.1:1', 'rpc/unreachable'],
      ['wss://10.0.0.300:8900', 'rpc/unreachable'],
    ] as const;
    for (const [url, code] of endings) {
      await expect(testSocket(url, url)).rejects.toMatchObject({ code, params: { origin: url } });
    }
  });
});

describe('a watched signature', () => {
  test('gives one hint for its notification and none for anything else', async () => {
    let hints = 0;
    const url = await serverThat((socket) => {
      socket.on('message', (data) => {
        expect(String(data)).toContain('"signatureSubscribe"');
        socket.send('{"jsonrpc":"2.0","result":7,"id":1}');
        socket.send('{"jsonrpc":"2.0","method":"signatureNotification","params":{"subscription":7}}');
        socket.send('{"jsonrpc":"2.0","method":"signatureNotification","params":{"subscription":7}}');
      });
    });
    await new Promise<void>((resolve) => {
      watchSignature(url, 'signature', () => {
        hints += 1;
        setTimeout(resolve, 50);
      });
    });
    expect(hints).toBe(1);
  });

  test('of a node without WebSocket is simply not hinted at, and can be let go at any moment', () => {
    const stop = watchSignature('ws://127.0.0.1:1', 'signature', () => {
      throw new Error('there is nothing to hint at');
    });
    expect(stop).not.toThrow();
  });

  test('behind a URL that only looks like one is not hinted at either', () => {
    const stop = watchSignature('wss://10.0.0.300:8900', 'signature', () => {
      throw new Error('there is nothing to hint at');
    });
    expect(stop).not.toThrow();
  });
});
