import { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { parseAddress } from '#core/solana/address.ts';
import { startTestNetwork } from '#test/practice/start-test-network.ts';

const FRIEND = parseAddress(Keypair.fromSeed(new Uint8Array(32).fill(9)).publicKey.toBase58());
const SOL = 1_000_000_000n;

type Message = { id?: number; result?: unknown; error?: { code: number }; method?: string; params?: Notification };
type Notification = { subscription: number; result: { value: unknown } };

let stage: Awaited<ReturnType<typeof startTestNetwork>>;
let time: { slot: bigint; unixTimestamp: bigint };
let client: Awaited<ReturnType<typeof connect>>;
beforeEach(async () => {
  time = { slot: 100n, unixTimestamp: 1_772_000_000n };
  stage = await startTestNetwork({ pinnedTime: () => time, slotMs: 5 });
  client = await connect(stage.network.webSocketUrl);
});
afterEach(async () => {
  client.socket.terminate();
  await stage.network.close();
});

/** A client that collects what it is told and can wait for the next of it. */
async function connect(url: string) {
  const socket = new WebSocket(url);
  await new Promise((resolve) => {
    socket.once('open', resolve);
  });
  const told: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as Message;
    const next = waiting.shift();
    if (next) next(message);
    else told.push(message);
  });
  const next = (): Promise<Message> => {
    const first = told.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
  };
  let id = 0;
  const ask = (method: string, params: readonly unknown[] = []): Promise<Message> => {
    id += 1;
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return next();
  };
  return { socket, told, next, ask };
}

const pour = () => {
  const submission = stage.network.chain.pour(FRIEND, SOL);
  return submission.kind === 'taken' ? submission.signature : '';
};

describe('a subscription', () => {
  test('to confirmed changes tells at once, to finalized ones when they are', async () => {
    const confirmed = await client.ask('accountSubscribe', [FRIEND, { commitment: 'confirmed', encoding: 'base64' }]);
    const finalized = await client.ask('accountSubscribe', [FRIEND, { encoding: 'base64+zstd' }]);
    pour();
    expect(await client.next()).toMatchObject({
      method: 'accountNotification',
      params: { subscription: confirmed.result, result: { context: { slot: 100 }, value: { data: ['', 'base64'] } } },
    });
    expect(await client.ask('slotSubscribe')).toMatchObject({ result: 2 });
    time.slot += 4n;
    // Told of the slot, and of nothing else yet.
    expect(await client.next()).toMatchObject({ method: 'slotNotification', params: { result: { slot: 104 } } });
    expect(client.told).toEqual([]);
    time.slot += 1n;
    expect(await client.next()).toMatchObject({ params: { subscription: finalized.result } });
    expect(await client.next()).toMatchObject({
      method: 'slotNotification',
      params: { result: { slot: 105, parent: 104, root: 100 } },
    });
  });

  test('tells nothing any more once it is ended, and can be ended once', async () => {
    const { result } = await client.ask('logsSubscribe', ['all', { commitment: 'processed' }]);
    expect(await client.ask('logsUnsubscribe', [result])).toMatchObject({ result: true });
    pour();
    expect(await client.ask('logsUnsubscribe', [result])).toMatchObject({ error: { code: -32602 } });
  });

  test('belongs to its connection', async () => {
    const { result } = await client.ask('slotSubscribe');
    const other = await connect(stage.network.webSocketUrl);
    expect(await other.ask('slotUnsubscribe', [result])).toMatchObject({ error: { code: -32602 } });
    other.socket.terminate();
  });

  test('to a signature tells of receipt and outcome, then is over', async () => {
    const signature = pour();
    const options = { commitment: 'confirmed', enableReceivedNotification: true };
    const { result } = await client.ask('signatureSubscribe', [signature, options]);
    expect(await client.next()).toMatchObject({ params: { result: { value: 'receivedSignature' } } });
    expect(await client.next()).toMatchObject({ params: { result: { value: { err: null } } } });
    expect(await client.ask('signatureUnsubscribe', [result])).toMatchObject({ error: { code: -32602 } });
  });

  test('to a program keeps to its filters', async () => {
    const program = '11111111111111111111111111111111';
    const confirmed = { commitment: 'confirmed', encoding: 'base64' };
    await client.ask('programSubscribe', [program, { ...confirmed, filters: [{ dataSize: 80 }] }]);
    const open = await client.ask('programSubscribe', [program, confirmed]);
    pour();
    // The faucet and its debtor, both for the open subscription.
    for (const pubkey of [stage.network.chain.faucet(), FRIEND]) {
      expect(await client.next()).toMatchObject({
        params: { subscription: open.result, result: { value: { pubkey } } },
      });
    }
    expect(client.told).toEqual([]);
  });

  test('to logs can be for one address', async () => {
    await client.ask('logsSubscribe', [{ mentions: [FRIEND] }, { commitment: 'confirmed' }]);
    const signature = pour();
    expect(await client.next()).toMatchObject({ params: { result: { value: { signature, err: null } } } });
  });
});

describe('a connection', () => {
  test.each([
    ['getSlot', [], -32601],
    ['blockSubscribe', ['all'], -32601],
    ['voteSubscribe', [], -32601],
    ['accountSubscribe', ['x'], -32602],
    ['signatureSubscribe', [FRIEND], -32602],
    ['slotUnsubscribe', ['0'], -32602],
  ])('answers %s %j with %d', async (method, params, code) => {
    expect(await client.ask(method, params)).toMatchObject({ error: { code } });
  });

  test('holds a thousand subscriptions and not one more', async () => {
    for (let count = 0; count < 1000; count += 1) await client.ask('rootSubscribe');
    expect(await client.ask('rootSubscribe')).toMatchObject({ error: { code: -32600 } });
  });

  test('is closed when it sends bytes that are no text', async () => {
    const closed = new Promise((resolve) => {
      client.socket.once('close', () => resolve('closed'));
    });
    client.socket.send(Buffer.of(0, 1, 2), { binary: true });
    expect(await closed).toBe('closed');
  });

  test('says nothing to a ping notification', async () => {
    client.socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'ping' }));
    expect(await client.ask('slotSubscribe')).toMatchObject({ result: 0 });
  });
});
