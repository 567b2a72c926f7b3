import { base58 } from '@scure/base';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { openNode } from '#main/adapters/rpc/open-node.ts';
import type { ChainNode } from '#main/ports.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { httpServer, type LocalServer } from './local-server.ts';

const BODIES = [
  'truncated',
  'HTML',
  'two values',
  'wrong id',
  'deep',
  'gzip bomb',
  '65 MiB',
  'bad UTF-8',
  'other',
] as const;
const WRONGS = ['missing', 'null', 'wrong', 'negative', 'float', '> u64', 'text', '__proto__'] as const;
const counts = createFaultCounts('N3', [...BODIES, ...WRONGS]);
afterAll(() => counts.print());

const ADDRESS = SYSTEM_PROGRAM;
const SIGNATURE = base58.encode(new Uint8Array(64).fill(7));
const ACCOUNT = { lamports: 5, owner: ADDRESS, executable: false, data: ['AQID', 'base64'], space: 3 };
const inContext = (value: unknown) => ({ context: { slot: 9 }, value });

/** What an honest node says to each method, and which call of ours asks for it. */
const METHODS: readonly (readonly [method: string, result: unknown, ask: (node: ChainNode) => Promise<unknown>])[] = [
  ['getMultipleAccounts', inContext([ACCOUNT]), (node) => node.readAccounts([ADDRESS])],
  [
    'getProgramAccounts',
    inContext([{ pubkey: ADDRESS, account: ACCOUNT }]),
    (node) => node.readProgramAccounts({ program: ADDRESS, prefix: Uint8Array.of(1) }),
  ],
  ['getMinimumBalanceForRentExemption', 890_880, (node) => node.readRentFloor(0)],
  [
    'getLatestBlockhash',
    inContext({ blockhash: ADDRESS, lastValidBlockHeight: 99 }),
    (node) => node.readLatestBlockhash(),
  ],
  [
    'simulateTransaction',
    inContext({ err: null, logs: ['a'], unitsConsumed: 5, accounts: [{ ...ACCOUNT, space: undefined }] }),
    (node) => node.simulate(Uint8Array.of(1), [ADDRESS], 0n),
  ],
  ['sendTransaction', SIGNATURE, (node) => node.send(Uint8Array.of(1))],
  [
    'getSignatureStatuses',
    inContext([{ slot: 8, err: null, confirmationStatus: 'confirmed', confirmations: 1 }]),
    (node) => node.readStatus(SIGNATURE),
  ],
  ['getEpochInfo', { absoluteSlot: 9, blockHeight: 8 }, (node) => node.readFinalizedBlock()],
  [
    'getTransaction',
    {
      meta: {
        logMessages: ['a'],
        preBalances: [5],
        postBalances: [4],
        preTokenBalances: [],
        postTokenBalances: [],
        loadedAddresses: { writable: [], readonly: [] },
      },
    },
    (node) => node.readLanded(SIGNATURE, [ADDRESS]),
  ],
  ['getGenesisHash', ADDRESS, (node) => node.readGenesisHash()],
  ['getSlot', 9, (node) => node.readSlot()],
  ['getBlockHeight', 9, (node) => node.readBlockHeight()],
  ['getRecentPrioritizationFees', [{ slot: 9, prioritizationFee: 4 }], (node) => node.readRecentFees([ADDRESS])],
  ['getVersion', { 'solana-core': '2.0.0' }, (node) => node.readVersion()],
  ['requestAirdrop', SIGNATURE, (node) => node.requestAirdrop(ADDRESS, 1n)],
];

type Respond = (request: { id: number; method: string }, response: ServerResponse) => void;

let server: LocalServer;
let respond: Respond;
beforeAll(async () => {
  server = await httpServer(
    (incoming, response) => void bodyOf(incoming).then((request) => respond(request, response)),
  );
});
afterAll(() => server.close());

async function bodyOf(incoming: IncomingMessage): Promise<{ id: number; method: string }> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as { id: number; method: string };
}

const url = () => `http://127.0.0.1:${server.port}`;
const node = () => openNode({ url: url(), origin: url(), commitment: 'confirmed', deadlineMs: 20_000 });

const replying =
  (body: (id: number) => string | Uint8Array, headers: Record<string, string> = {}): Respond =>
  ({ id }, response) => {
    response.writeHead(200, headers);
    response.end(body(id));
  };

const envelope = (id: number, result: string) => `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
const five = (id: number) => envelope(id, '5');

/** More than is let in, one mebibyte at a time, for as long as somebody reads. */
const pouring =
  (mebibytes: number): Respond =>
  (_request, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(2 ** 20, ' ');
    let left = mebibytes;
    const next = () => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(chunk)) return;
      }
      if (left === 0) response.end('5');
    };
    response.on('drain', next);
    next();
  };

const bomb = (mebibytes: number) => gzipSync(Buffer.alloc(mebibytes * 2 ** 20, ' '));
const BOMB = bomb(128);
const whole = five(1);

const BAD_BODIES: readonly (readonly [kind: (typeof BODIES)[number], respond: Respond, code?: string])[] = [
  ...Array.from(whole, (_, length) => ['truncated', replying((id) => five(id).slice(0, length))] as const),
  ...['<!doctype html><title>hello</title>', '<html>', 'Bad gateway', '<?xml version="1.0"?>'].map(
    (text) => ['HTML', replying(() => text)] as const,
  ),
  ...['', ' ', ',', '\n'].map(
    (between) => ['two values', replying((id) => `${five(id)}${between}${five(id)}`)] as const,
  ),
  ...[0, 2, -1, 1.5, 2 ** 60].map((by) => ['wrong id', replying((id) => five(id + by + (by === 0 ? 7 : 0)))] as const),
  ...['"1"', 'null', '[1]', '{}', 'true'].map(
    (id) => ['wrong id', replying(() => `{"jsonrpc":"2.0","id":${id},"result":5}`)] as const,
  ),
  ['wrong id', replying(() => '{"jsonrpc":"2.0","result":5}')],
  ...[65, 1000, 100_000].flatMap((depth) => [
    ['deep', replying((id) => envelope(id, '['.repeat(depth) + ']'.repeat(depth)))] as const,
    ['deep', replying((id) => envelope(id, `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`))] as const,
  ]),
  ['gzip bomb', replying(() => BOMB, { 'content-encoding': 'gzip' }), 'rpc/too-large'],
  ['gzip bomb', replying(() => gzipSync(BOMB), { 'content-encoding': 'gzip, gzip' }), 'rpc/too-large'],
  ['65 MiB', pouring(65), 'rpc/too-large'],
  ...[[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]].map(
    (bytes) => ['bad UTF-8', replying((id) => Buffer.concat([Buffer.from(five(id)), Buffer.from(bytes)]))] as const,
  ),
  ...['', ' ', '\0', 'null', '5', '"5"', '[]', '{}', '{"jsonrpc":"2.0"}', 'NaN', '[5]'].map(
    (text) => ['other', replying(() => text)] as const,
  ),
  ...['1.0', '2', '2.00'].map((version) => ['other', replying((id) => five(id).replace('2.0', version))] as const),
  ['other', replying((id) => `[${five(id)}]`)],
  ['other', replying((id) => five(id).replace('"result":5', '"result":5,"result":6'))],
  ['other', replying((id) => five(id).replace('"result"', '"__proto__":{"polluted":1},"result"'))],
  ['other', replying((id) => envelope(id, `5${'0'.repeat(500)}`))],
  ['other', replying((id) => envelope(id, '05'))],
  ['other', replying((id) => envelope(id, '+5'))],
  ['other', replying((id) => five(id).replace('"result":5', '"error":5'))],
  ['other', replying((id) => five(id).replace('"result":5', '"error":{"code":"x"}'))],
];

/** A place in an answer. */
type Path = readonly (string | number)[];

function pathsIn(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .flatMap(([key, member]) => {
      const step = Array.isArray(value) ? Number(key) : key;
      return [[step], ...pathsIn(member).map((rest) => [step, ...rest])];
    });
}

/** Nodes may say anything in errors, logs and their version: it is made safe before it is shown. */
const isFree = (path: Path) => path.some((step) => FREE.has(step));
const FREE = new Set<string | number>(['err', 'logs', 'logMessages', 'solana-core']);

/** `null` says that there is none. */
const NULL_IS_NONE = new Set(['getMultipleAccounts value.0', 'getSignatureStatuses value.0']);

/** The answer as text with something else in this place; `undefined` takes the place away. */
function withText(value: unknown, path: Path, text: string | undefined): string {
  const [key, ...rest] = path;
  if (key === undefined) return text ?? 'null';
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => {
      if (index !== key) return [JSON.stringify(item)];
      return rest.length === 0 && text === undefined ? [] : [withText(item, rest, text)];
    });
    return `[${items.join(',')}]`;
  }
  const members = Object.entries(value as object).flatMap(([name, member]) => {
    if (member === undefined) return [];
    if (name !== key) return [`${JSON.stringify(name)}:${JSON.stringify(member)}`];
    return rest.length === 0 && text === undefined ? [] : [`${JSON.stringify(name)}:${withText(member, rest, text)}`];
  });
  return `{${members.join(',')}}`;
}

const TEXTS: Readonly<Record<(typeof WRONGS)[number], string | undefined>> = {
  missing: undefined,
  null: 'null',
  wrong: '[[]]',
  negative: '-1',
  float: '1.5',
  '> u64': '18446744073709551616',
  text: '"\\u0000 wrong"',
  __proto__: '{"__proto__":{"polluted":1}}',
};

type Answer = { readonly value: unknown } | { readonly code: string };

async function answerOf(ask: (node: ChainNode) => Promise<unknown>, text: string): Promise<Answer> {
  respond = ({ id }, response) => void response.end(envelope(id, text));
  try {
    return { value: await ask(node()) };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { code: cause.code };
  }
}

/** Refused, or the same as if the place did not matter, or were not there: never something else made of it. */
async function judgeFields(): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const [method, result, ask] of METHODS) {
    const honest = await answerOf(ask, JSON.stringify(result));
    if (!('value' in honest)) wrong.push([method, 'an honest answer is refused', honest]);
    for (const path of [[], ...pathsIn(result)]) {
      const without = await answerOf(ask, withText(result, path, undefined));
      for (const kind of isFree(path) ? [] : WRONGS) {
        counts.count(kind);
        const answer = await answerOf(ask, withText(result, path, TEXTS[kind]));
        const isNone = kind === 'null' && NULL_IS_NONE.has(`${method} ${path.join('.')}`);
        const isFine = isNone || 'code' in answer || same(answer, honest) || same(answer, without);
        if (!isFine) wrong.push([method, path.join('.'), kind, answer]);
      }
    }
  }
  return wrong;
}

function same(a: Answer, b: Answer): boolean {
  const write = (_key: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  return JSON.stringify(a, write) === JSON.stringify(b, write);
}

async function judgeBodies(read: (url: string) => Promise<unknown>): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const [index, [kind, answer, code = 'rpc/malformed']] of BAD_BODIES.entries()) {
    counts.count(kind);
    respond = answer;
    const cause: unknown = await read(url()).then(
      () => 'taken',
      (thrown: unknown) => thrown,
    );
    if (!isAppError(cause) || cause.code !== code)
      wrong.push([index, kind, isAppError(cause) ? cause.code : String(cause)]);
  }
  return wrong;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes held after everything that can go has gone. */
async function heldBytes(): Promise<number> {
  for (let times = 0; times < 4; times += 1) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('N3: an answer that is none', () => {
  test('is refused whatever stands in its place, and nothing of it stays in memory', { timeout: 120_000 }, async () => {
    const honest = () => node().readSlot();
    expect(await judgeBodies(honest)).toEqual([]);
    expect(await judgeFields()).toEqual([]);
    const before = await heldBytes();
    expect(await judgeBodies(honest)).toEqual([]);
    expect(await judgeFields()).toEqual([]);
    expect((await heldBytes()) / before).toBeLessThan(1.2);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('to the search of a program is cut off at 64 MiB', { timeout: 60_000 }, async () => {
    for (const answer of [pouring(66), replying(() => BOMB, { 'content-encoding': 'gzip' })]) {
      respond = answer;
      const search = node().readProgramAccounts({ program: ADDRESS, prefix: Uint8Array.of(1) });
      await expect(search).rejects.toMatchObject({ code: 'rpc/too-large', params: { maxBytes: 64 * 2 ** 20 } });
    }
  });

  test('came at least 200 times and in every form', () => {
    const total = [...BODIES, ...WRONGS].reduce((sum, kind) => sum + counts.of(kind), 0);
    expect(total).toBeGreaterThanOrEqual(200);
    expect(counts.missing()).toEqual([]);
  });

  test('is taken for one by a client that looks at nothing but the result', async () => {
    const trusting = async (to: string) =>
      ((await (await fetch(to, { method: 'POST', body: '{"id":1,"method":"getSlot"}' })).json()) as { result: unknown })
        .result;
    expect((await judgeBodies(trusting)).length).toBeGreaterThan(20);
  });
});
