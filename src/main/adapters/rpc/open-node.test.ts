import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { openNode } from './open-node.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((resolve) => {
          server.closeAllConnections();
          server.close(() => resolve());
        }),
    ),
  );
});

/** A node that answers every request with the same function. */
async function nodeThat(
  answer: RequestListener,
  deadlineMs = 2000,
  changes: Partial<Parameters<typeof openNode>[0]> = {},
) {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}/secret-key?token=secret`;
  return openNode({ url, origin, commitment: 'confirmed', deadlineMs, ...changes });
}

type Request = { id: number; method: string; params: unknown[] };

/** A node that answers each request with a body made from it. */
function nodeAnswering(body: (request: Request) => string, changes: Partial<Parameters<typeof openNode>[0]> = {}) {
  const answer: RequestListener = (incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => response.end(body(JSON.parse(Buffer.concat(parts).toString()) as Request)));
  };
  return nodeThat(answer, 2000, changes);
}

const nodeWithResult = (result: string) => nodeAnswering(({ id }) => `{"jsonrpc":"2.0","id":${id},"result":${result}}`);

const withCode = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) });

describe('the pace of a node', () => {
  test('is asked about every request, of a long read about each of its parts', async () => {
    let asked = 0;
    const node = await nodeAnswering(
      ({ id, params }) => {
        const value = (params[0] as string[]).map(() => null);
        return JSON.stringify({ jsonrpc: '2.0', id, result: { context: { slot: 7 }, value } });
      },
      {
        pace: (request) => {
          asked += 1;
          return request();
        },
      },
    );
    await node.readAccounts(Array.from({ length: 250 }, () => SYSTEM_PROGRAM));
    expect(asked).toBe(3);
  });

  test('may refuse a request: none goes out', async () => {
    const node = await nodeAnswering(
      () => {
        throw new Error('nothing should be asked');
      },
      { pace: () => Promise.reject(new AppError('network/offline', {})) },
    );
    await expect(node.readSlot()).rejects.toEqual(withCode('network/offline'));
  });
});

describe('what recent slots took', () => {
  const some = (count: number) =>
    Array.from({ length: count }, (_, index) => `{"slot":${index},"prioritizationFee":${index}}`);

  test('is read slot by slot for the first 128 accounts, exact up to the last unit of a u64', async () => {
    const asked: unknown[] = [];
    const node = await nodeAnswering(({ id, params }) => {
      asked.push(params);
      return `{"jsonrpc":"2.0","id":${id},"result":[{"slot":1,"prioritizationFee":0},{"slot":2,"prioritizationFee":18446744073709551615}]}`;
    });
    const accounts = Array.from({ length: 130 }, () => SYSTEM_PROGRAM);
    expect(await node.readRecentFees(accounts)).toEqual([0n, 2n ** 64n - 1n]);
    expect(asked).toEqual([[accounts.slice(0, 128)]]);
  });

  test.each([
    ['no list', '{}'],
    ['a price below nothing', '[{"slot":1,"prioritizationFee":-1}]'],
    ['a slot without its price', '[{"slot":1}]'],
    ['more slots than any node keeps', `[${some(1_001).join()}]`],
  ])('is malformed when it is %s', async (_what, result) => {
    const node = await nodeWithResult(result);
    await expect(node.readRecentFees([SYSTEM_PROGRAM])).rejects.toEqual(withCode('rpc/malformed'));
  });
});

describe('a node that does not answer properly', () => {
  test('is unreachable when nobody listens', async () => {
    const node = openNode({ url: 'http://127.0.0.1:1', origin: 'http://127.0.0.1:1', commitment: 'confirmed' });
    await expect(node.readSlot()).rejects.toEqual(withCode('rpc/unreachable', { origin: 'http://127.0.0.1:1' }));
  });

  test('is unreachable when it hangs up, before or inside the body', async () => {
    const before = await nodeThat((_request, response) => response.destroy());
    await expect(before.readSlot()).rejects.toEqual(withCode('rpc/unreachable'));
    const inside = await nodeThat((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"jsonrpc"');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(inside.readSlot()).rejects.toEqual(withCode('rpc/unreachable'));
  });

  test('is timed out before the headers, and inside a body that trickles', async () => {
    const silent = await nodeThat(() => undefined, 150);
    await expect(silent.readSlot()).rejects.toEqual(withCode('rpc/timeout', { seconds: 0.15 }));
    const trickling = await nodeThat(trickle, 200);
    await expect(trickling.readSlot()).rejects.toEqual(withCode('rpc/timeout'));
  });

  test('is let go at once when the app closes', async () => {
    const closing = new AbortController();
    const silent = await nodeThat(() => closing.abort(), 60_000, { closing: closing.signal });
    await expect(silent.readSlot()).rejects.toEqual(withCode('rpc/unreachable'));
  });

  test.each([
    [401, 'rpc/refused'],
    [403, 'rpc/refused'],
    [404, 'rpc/refused'],
    [410, 'rpc/refused'],
    [429, 'rpc/refused'],
    [500, 'rpc/failing'],
    [502, 'rpc/failing'],
    [503, 'rpc/failing'],
    [301, 'rpc/redirected'],
    [302, 'rpc/redirected'],
    [307, 'rpc/redirected'],
    [308, 'rpc/redirected'],
  ])('with status %i is %s', async (status, code) => {
    const node = await nodeThat((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/', 'retry-after': '-5' });
      response.end('{"jsonrpc":"2.0","id":1,"result":5}');
    });
    await expect(node.readSlot()).rejects.toEqual(withCode(code));
  });

  test.each([
    [429, '7', { retryAfterSeconds: 7 }],
    [503, '600', { retryAfterSeconds: 60 }],
    [429, 'junk', {}],
    [429, undefined, {}],
  ])('with status %i and a wish of %s to be left alone passes that on in bounds', async (status, wish, params) => {
    const node = await nodeThat((_request, response) => {
      response.writeHead(status, wish === undefined ? {} : { 'retry-after': wish });
      response.end();
    });
    const { origin } = node;
    await expect(node.readSlot()).rejects.toEqual(expect.objectContaining({ params: { origin, status, ...params } }));
  });

  test('is cut off after 8 MiB, also when they come compressed', async () => {
    const flood = await nodeThat(pour);
    await expect(flood.readSlot()).rejects.toEqual(withCode('rpc/too-large', { maxBytes: 8 * 1024 * 1024 }));
    const bomb = await nodeThat((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(32 * 1024 * 1024)));
    });
    await expect(bomb.readSlot()).rejects.toEqual(withCode('rpc/too-large'));
  });

  test.each([
    ['a web page', () => '<!doctype html><title>hello</title>'],
    ['nothing', () => ''],
    ['half an answer', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"resu`],
    [
      'two answers',
      ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":5}{"jsonrpc":"2.0","id":${id},"result":5}`,
    ],
    ['the answer to another question', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id + 1},"result":5}`],
    ['an answer without id', () => '{"jsonrpc":"2.0","result":5}'],
    ['an answer with a text as id', ({ id }: Request) => `{"jsonrpc":"2.0","id":"${id}","result":5}`],
    ['another version', ({ id }: Request) => `{"jsonrpc":"1.0","id":${id},"result":5}`],
    ['a list', ({ id }: Request) => `[{"jsonrpc":"2.0","id":${id},"result":5}]`],
    ['a text as result', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":"5"}`],
    ['a negative slot', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":-1}`],
    ['a fraction', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":1.5}`],
    ['more than a u64', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":18446744073709551616}`],
    ['null', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":null}`],
    ['a prototype key', ({ id }: Request) => `{"jsonrpc":"2.0","id":${id},"result":5,"__proto__":{"polluted":1}}`],
    ['an endless nest', () => '['.repeat(100_000)],
  ])('is malformed when it sends %s', async (_what, body) => {
    const node = await nodeAnswering(body);
    await expect(node.readSlot()).rejects.toEqual(withCode('rpc/malformed', { method: 'getSlot' }));
  });

  test('is malformed when its bytes are no UTF-8', async () => {
    const node = await nodeThat((_request, response) => response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22])));
    await expect(node.readSlot()).rejects.toEqual(withCode('rpc/malformed', { reason: 'not UTF-8 text' }));
  });

  test('gives its error code, and none of its words', async () => {
    const node = await nodeAnswering(
      ({ id }) => `{"jsonrpc":"2.0","id":${id},"error":{"code":-32005,"message":"visit https://evil.example"}}`,
    );
    await expect(node.readSlot()).rejects.toEqual(withCode('rpc/node-error', { code: -32005, method: 'getSlot' }));
    const failure: unknown = await node.readSlot().catch((cause: unknown) => cause);
    expect(JSON.stringify(failure)).not.toMatch(/evil|secret/);
  });
});

const ACCOUNT = {
  lamports: 5,
  owner: SYSTEM_PROGRAM,
  executable: false,
  rentEpoch: 0,
  data: ['AQID', 'base64'],
  space: 3,
};

describe('accounts', () => {
  const reply = (account: object | null) => JSON.stringify({ context: { slot: 7 }, value: [account] });

  test('come with exact lamports, and as undefined where none exists', async () => {
    const text = reply(ACCOUNT).replace('"lamports":5', '"lamports":18446744073709551615');
    const node = await nodeWithResult(text.replace('"rentEpoch":0', '"rentEpoch":18446744073709551615'));
    const { slot, accounts } = await node.readAccounts([SYSTEM_PROGRAM]);
    expect(slot).toBe(7n);
    expect(accounts[0]).toMatchObject({ lamports: 18446744073709551615n, data: Uint8Array.of(1, 2, 3), space: 3 });
    const empty = await nodeWithResult(reply(null));
    expect((await empty.readAccounts([SYSTEM_PROGRAM])).accounts).toEqual([undefined]);
  });

  test.each(Object.keys(ACCOUNT).filter((key) => key !== 'rentEpoch'))(
    'are refused without %s, or with a wrong one',
    async (key) => {
      for (const wrong of [undefined, null, -1, 1.5, 'x', {}, []]) {
        const node = await nodeWithResult(reply({ ...ACCOUNT, [key]: wrong }));
        await expect(node.readAccounts([SYSTEM_PROGRAM])).rejects.toEqual(withCode('rpc/malformed'));
      }
    },
  );

  test('are refused when there are more or fewer than asked for', async () => {
    const node = await nodeWithResult(reply(ACCOUNT));
    await expect(node.readAccounts([SYSTEM_PROGRAM, SYSTEM_PROGRAM])).rejects.toEqual(withCode('rpc/malformed'));
  });

  test('are asked for 100 at a time', async () => {
    const asked: number[] = [];
    const node = await nodeAnswering(({ id, params }) => {
      const addresses = params[0] as string[];
      asked.push(addresses.length);
      const value = addresses.map(() => null);
      return JSON.stringify({ jsonrpc: '2.0', id, result: { context: { slot: 7 }, value } });
    });
    const { accounts } = await node.readAccounts(Array.from({ length: 250 }, () => SYSTEM_PROGRAM));
    expect(accounts).toHaveLength(250);
    expect(asked.toSorted((a, b) => b - a)).toEqual([100, 100, 50]);
  });

  test('are read from no node that has not reached a slot the app has seen', async () => {
    const node = await nodeAnswering(({ id, params }) => {
      const { minContextSlot } = params[1] as { minContextSlot: number };
      expect(minContextSlot).toBe(9);
      return `{"jsonrpc":"2.0","id":${id},"error":{"code":-32016,"message":"","data":{"contextSlot":7}}}`;
    });
    node.requireSlot(9n);
    await expect(node.readAccounts([SYSTEM_PROGRAM])).rejects.toEqual(withCode('rpc/node-error', { code: -32016 }));
  });
});

describe('sending', () => {
  test('counts “already processed” as taken and every other error as one', async () => {
    const answer = (err: string) => (request: Request) =>
      `{"jsonrpc":"2.0","id":${request.id},"error":{"code":-32002,"message":"x","data":{"err":"${err}","logs":[]}}}`;
    await expect((await nodeAnswering(answer('AlreadyProcessed'))).send(Uint8Array.of(1))).resolves.toBeUndefined();
    const refusing = await nodeAnswering(answer('BlockhashNotFound'));
    await expect(refusing.send(Uint8Array.of(1))).rejects.toEqual(withCode('rpc/node-error', { code: -32002 }));
  });

  test('reads a status, and that none is known', async () => {
    const none = await nodeWithResult('{"context":{"slot":9},"value":[null]}');
    expect(await none.readStatus('x')).toEqual({ slot: 9n, status: undefined, hasHistory: true });
    const failed = await nodeWithResult(
      '{"context":{"slot":9},"value":[{"slot":8,"confirmations":1,"err":{"InstructionError":[0,{"Custom":6001}]},"confirmationStatus":"confirmed"}]}',
    );
    expect((await failed.readStatus('x')).status).toEqual({
      slot: 8n,
      err: { InstructionError: [0, { Custom: 6001 }] },
      commitment: 'confirmed',
    });
  });

  test('asks a node without history for what it knows, and says that it did not search', async () => {
    const answer = (value: string) => (request: Request) => {
      const { searchTransactionHistory } = request.params[1] as { searchTransactionHistory: boolean };
      const refusal = `{"jsonrpc":"2.0","id":${request.id},"error":{"code":-32011,"message":"no history"}}`;
      const known = `{"jsonrpc":"2.0","id":${request.id},"result":{"context":{"slot":9},"value":[${value}]}}`;
      return searchTransactionHistory ? refusal : known;
    };
    const hit = await nodeAnswering(answer('{"slot":8,"err":null,"confirmationStatus":"confirmed"}'));
    expect(await hit.readStatus('x')).toMatchObject({ status: { slot: 8n }, hasHistory: false });
    const miss = await nodeAnswering(answer('null'));
    expect(await miss.readStatus('x')).toEqual({ slot: 9n, status: undefined, hasHistory: false });
  });

  test('takes slot and height of the newest finalized block from one answer', async () => {
    const node = await nodeAnswering(({ id, method, params }) => {
      expect([method, params]).toEqual(['getEpochInfo', [{ commitment: 'finalized' }]]);
      return `{"jsonrpc":"2.0","id":${id},"result":{"absoluteSlot":99,"blockHeight":90,"epoch":0}}`;
    });
    expect(await node.readFinalizedBlock()).toEqual({ slot: 99n, height: 90n });
  });

  test('simulates from no older state than the app has seen, whatever blockhash the bytes name', async () => {
    const asked: unknown[] = [];
    const node = await nodeAnswering(({ id, params }) => {
      asked.push(params[1]);
      return `{"jsonrpc":"2.0","id":${id},"result":{"context":{"slot":30},"value":{"err":null,"logs":[]}}}`;
    });
    await node.simulate(Uint8Array.of(1), [], 9n);
    node.requireSlot(20n);
    await node.simulate(Uint8Array.of(1), [], 9n);
    await node.simulate(Uint8Array.of(1), [], 25n);
    const same = { sigVerify: false, replaceRecentBlockhash: true, commitment: 'confirmed' };
    expect(asked).toEqual(
      [9, 20, 25].map((minContextSlot) => expect.objectContaining({ ...same, minContextSlot }) as unknown),
    );
  });

  test('lets no log of a remote host flood or hide anything', async () => {
    const flood = JSON.stringify(Array.from({ length: 1000 }, () => `Program log: \u202E${'x'.repeat(3000)}`));
    const logs = await (await nodeWithResult(`{"meta":{"logMessages":${flood}}}`)).readLogs('x');
    const simulating = await nodeWithResult(`{"context":{"slot":9},"value":{"err":"a\\nb","logs":${flood}}}`);
    const simulation = await simulating.simulate(Uint8Array.of(1), [], 0n);
    for (const lines of [logs, simulation.logs]) {
      expect(lines).toHaveLength(256);
      expect(lines[0]).toBe(`Program log: \uFFFD${'x'.repeat(986)}`);
    }
    expect(simulation.err).toBe('a\uFFFDb');
  });
});

function trickle(_request: unknown, response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 30);
  response.on('close', () => clearInterval(timer));
}

function pour(_request: unknown, response: ServerResponse): void {
  response.writeHead(200);
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const next = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', next);
  next();
}
