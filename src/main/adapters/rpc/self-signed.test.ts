import { createServer, type Server } from 'node:https';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSelfSigned } from '#test/builders/self-signed-certificate.ts';
import { scrubEnvironment } from '../../electron/scrub-environment.ts';
import { createWebSockets } from '../websocket/websockets.ts';
import { openNode } from './open-node.ts';

let server: Server;
let origin = '';
const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

beforeEach(async () => {
  server = createServer(createSelfSigned(), (_request, response) =>
    response.end('{"jsonrpc":"2.0","id":1,"result":7}'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterEach(async () => {
  if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const readSlot = () => openNode({ url: origin, origin, commitment: 'confirmed' }).readSlot();

test('a node nobody vouches for would answer, if the environment switched the check off', async () => {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  await expect(readSlot()).resolves.toBe(7n);
});

test('a node nobody vouches for is refused, because main takes that switch away first', async () => {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  scrubEnvironment(process.env);
  await expect(readSlot()).rejects.toMatchObject({
    code: 'rpc/unreachable',
    cause: { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } },
  });
});

test('so is its socket', async () => {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  scrubEnvironment(process.env);
  const url = origin.replace('https:', 'wss:');
  await expect(createWebSockets().test(url, origin)).rejects.toMatchObject({
    code: 'rpc/unreachable',
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
});
