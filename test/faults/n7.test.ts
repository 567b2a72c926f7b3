import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createWebSockets } from '#main/adapters/websocket/websockets.ts';
import type { WebSockets } from '#main/ports.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom, type Random } from '#test/simulator/random.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import { isWholeTier } from '#test/simulator/seeds.ts';
import type { VirtualTime } from '#test/simulator/virtual-time.ts';
import type { WorldOptions } from '#test/simulator/world.ts';
import { soakSeeds } from './share-of-soak.ts';

const SOCKET = ['no open', 'dropped', 'garbage', 'too large', 'foreign id', 'reordered', 'flood'] as const;
const HINTS = ['refused', 'silence', 'too early', 'doubled', 'after it was closed', 'storm'] as const;
const counts = createFaultCounts<(typeof SOCKET)[number] | (typeof HINTS)[number]>('N7', [...SOCKET, ...HINTS]);
const totals = { seeds: 0, hints: 0, looks: 0, looksWhenSilent: 0 };
afterAll(() => {
  counts.print();
  console.info(`N7: ${JSON.stringify(totals)}`);
});

const SUBSCRIBED = '{"jsonrpc":"2.0","result":7,"id":1}';
const notification = (subscription: number) =>
  `{"jsonrpc":"2.0","method":"signatureNotification","params":{"result":{"context":{"slot":5},"value":{"err":null}},"subscription":${subscription}}}`;
const slot = (number: number) =>
  `{"jsonrpc":"2.0","method":"slotNotification","params":{"result":{"slot":${number}},"subscription":3}}`;

/** Messages of one second. */
const FLOOD = 10_000;

/** What a server does once somebody has subscribed, and how many hints may come of it at most. */
const SERVERS: Readonly<Record<Exclude<(typeof SOCKET)[number], 'no open'>, (socket: WebSocket) => void>> = {
  dropped: (socket) => socket.terminate(),
  garbage(socket) {
    socket.send('<html>');
    socket.send(new Uint8Array([0xff, 0xfe, 0]));
    socket.send('{"jsonrpc":"2.0","method":"signatureNotif');
    socket.send('');
  },
  'too large': (socket) => socket.send('x'.repeat(100_000)),
  'foreign id'(socket) {
    socket.send(SUBSCRIBED);
    socket.send(notification(9));
  },
  reordered(socket) {
    socket.send(notification(7));
    socket.send(SUBSCRIBED);
    socket.send(notification(7));
  },
  flood(socket) {
    socket.send(SUBSCRIBED);
    for (let sent = 0; sent < FLOOD; sent += 1) socket.send(sent % 3 === 0 ? notification(sent) : slot(sent));
  },
};

async function withServer<T>(onSubscribed: (socket: WebSocket) => void, work: (url: string) => Promise<T>): Promise<T> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', () => onSubscribed(socket));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await work(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Hints that one subscription gave in a while. */
async function hintsAt(url: string, whileMs: number): Promise<number> {
  let hints = 0;
  const stop = createWebSockets(100).watchSignature(url, 'signature', () => void (hints += 1));
  await new Promise((resolve) => setTimeout(resolve, whileMs));
  stop();
  return hints;
}

describe('N7: a socket that misbehaves', () => {
  test.each(Object.entries(SERVERS))('(%s) gives one hint at most, and nothing is thrown', async (kind, misbehave) => {
    counts.count(kind as keyof typeof SERVERS);
    const hints = await withServer(misbehave, (url) => hintsAt(url, kind === 'flood' ? 400 : 150));
    expect(hints).toBe(['foreign id', 'reordered', 'flood'].includes(kind) ? 1 : 0);
  });

  test('is let go when it never opens', async () => {
    counts.count('no open');
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.resume();
      socket.on('error', () => undefined);
      socket.on('close', () => (connections -= 1));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    expect(await hintsAt(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, 250)).toBe(0);
    await expect.poll(() => connections).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });

  test('is still heard after ten thousand messages that are not for it', async () => {
    counts.count('flood');
    const speak = (socket: WebSocket) => {
      for (let sent = 0; sent < FLOOD; sent += 1) socket.send(slot(sent));
      socket.send(notification(7));
    };
    await withServer(speak, async (url) => {
      let stop: () => void = () => undefined;
      await new Promise<void>((resolve) => {
        stop = createWebSockets(1000).watchSignature(url, 'signature', resolve);
      });
      stop();
    });
  });
});

/** Subscriptions by chance, of which each does something else. */
function hintsBy(random: Random): (time: VirtualTime) => WebSockets['watchSignature'] {
  return (time) => (_url, _signature, onHint) => {
    let isClosed = false;
    const kind = random.pick(HINTS);
    counts.count(kind);
    const hintAt = (ms: number, evenClosed = false) =>
      time.after(ms, () => {
        if (isClosed && !evenClosed) return;
        totals.hints += 1;
        onHint();
      });
    switch (kind) {
      case 'refused':
        throw new SyntaxError('Invalid URL');
      case 'silence':
        break;
      case 'too early':
        onHint();
        break;
      case 'doubled':
        for (const ms of [random.int(3000), random.int(3000)]) [ms, ms].forEach((each) => hintAt(each));
        break;
      case 'after it was closed':
        for (let ms = 0; ms < 60_000; ms += 1 + random.int(9000)) hintAt(ms, true);
        break;
      case 'storm':
        for (let left = 60; left > 0; left -= 1) hintAt(random.int(1000));
    }
    return () => void (isClosed = true);
  };
}

const silent = () => () => () => undefined;
const looksIn = (calls: readonly string[]) => calls.filter((name) => name.startsWith('readStatus')).length;

function optionsOf(seed: number): WorldOptions {
  const random = createRandom(seed ^ 0x6e37);
  return {
    seed,
    isPlain: true,
    wish: random.pick(['fund', 'fund', 'fund by nonce'] as const),
    // Long enough for the first one to fail, or to expire, and not for the next.
    ...random.pick<Pick<WorldOptions, 'rates' | 'ratesUntilMs'>>([
      {},
      { rates: { failsOnChain: 1 }, ratesUntilMs: 12_000 },
      { rates: { 'send dropped': 1 }, ratesUntilMs: 40_000 },
    ]),
  };
}

test('N7: with whatever hints, transactions end as they do by polling alone', async () => {
  for (const seed of soakSeeds(500)) {
    const hinted = await runScenario({ ...optionsOf(seed), watchSignature: hintsBy(createRandom(seed)) });
    const polled = await runScenario({ ...optionsOf(seed), watchSignature: silent });
    const where = `SIMULATOR_SEED=${seed} npx vitest run test/faults/n7.test.ts`;
    expect([where, hinted.violations, polled.violations]).toEqual([where, [], []]);
    expect([where, hinted.effects, endsOf(hinted.outcomes)]).toEqual([where, polled.effects, endsOf(polled.outcomes)]);
    totals.seeds += 1;
    totals.looks += looksIn(hinted.calls);
    totals.looksWhenSilent += looksIn(polled.calls);
  }
}, 600_000);

/** How often somebody tried again depends on when they heard; how it ends does not. */
function endsOf(outcomes: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return [...new Set(outcomes)].toSorted((one, other) => String(one).localeCompare(String(other)));
}

test.runIf(isWholeTier())('N7: met every way to misbehave', () => {
  expect(counts.missing()).toEqual([]);
});
