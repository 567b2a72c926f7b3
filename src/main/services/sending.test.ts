import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { SignedEntry } from '#core/journal/entry.ts';
import type { SignatureStatus } from '#core/ports.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { ChainNode, Journal } from '#main/ports.ts';
import { someMessage } from '#test/builders/message-builder.ts';
import { createJournalBook } from './journal-book.ts';
import { createSending } from './sending.ts';

const GENESIS = 'genesis-of-the-reviewed-cluster';
const WIRE = encodeTransaction([new Uint8Array(64).fill(1)], someMessage({ instructions: [] }));
const LAST_VALID = 100n;

const ENTRY: Omit<SignedEntry, 'event' | 'at'> = {
  id: 'transaction',
  planId: 'plan',
  title: 'Create run',
  subject: 'run atlas',
  freshAccount: SYSTEM_PROGRAM,
  genesisHash: GENESIS,
  networkName: 'Practice',
  wire: WIRE,
  signature: 'signature',
  messageHash: 'hash',
  feePayer: SYSTEM_PROGRAM,
  feeLamports: 5000n,
  lastValidBlockHeight: LAST_VALID,
  reviewedAt: 1,
  approvedAt: 2,
  overrides: [],
};

/** A cluster that does what a test says, on a clock that only the waiting moves. */
function createWorld(payloads: readonly unknown[] = []) {
  const world = {
    now: 0,
    height: 50n,
    /** Newest finalized slot, and the newest one the node that is asked for the status has seen. */
    finalizedSlot: 60n,
    seenSlot: 90n,
    hasHistory: true,
    hasHints: true,
    genesis: GENESIS,
    status: undefined as SignatureStatus | undefined,
    sendFails: false,
    isSilent: false,
    isConnected: true,
    isDiskFull: false,
    logs: ['Program log: refused'],
    /** Thrown by the next record. */
    journalBug: undefined as Error | undefined,
    sent: [] as { at: number; bytes: Uint8Array }[],
    written: [...payloads],
    ended: [] as string[],
    neededSlots: [] as [string, bigint][],
    /** Thrown by the next look at the signature. */
    bug: undefined as Error | undefined,
    unexpected: [] as unknown[],
    /** Called at every wait, before time goes on. */
    onWait: (_waits: number): void => undefined,
  };
  let waits = 0;
  const forbidden = (name: string) => () => {
    throw new Error(`${name} should not be called`);
  };
  const orSilent = async <T>(value: T): Promise<T> => {
    if (world.isSilent) throw new AppError('rpc/unreachable', { origin: 'http://127.0.0.1' });
    return value;
  };
  const node: ChainNode = {
    origin: 'http://127.0.0.1',
    readGenesisHash: () => orSilent(world.genesis),
    readFinalizedBlock: () => orSilent({ slot: world.finalizedSlot, height: world.height }),
    async readStatus() {
      const { bug, seenSlot: slot, status, hasHistory } = world;
      world.bug = undefined;
      if (bug) throw bug;
      return orSilent({ slot, status, hasHistory });
    },
    readFinalizedNonce: forbidden('readFinalizedNonce'),
    isBlockhashValid: forbidden('isBlockhashValid'),
    findLanded: forbidden('findLanded'),
    readLogs: async () => world.logs,
    readLanded: forbidden('readLanded'),
    requireSlot: forbidden('requireSlot'),
    async send(bytes) {
      if (world.sendFails)
        throw new AppError('rpc/node-error', { origin: '', method: 'sendTransaction', code: -32005 });
      world.sent.push({ at: world.now, bytes });
    },
    readAccounts: forbidden('readAccounts'),
    readProgramAccounts: forbidden('readProgramAccounts'),
    readRentFloor: forbidden('readRentFloor'),
    readLatestBlockhash: forbidden('readLatestBlockhash'),
    simulate: forbidden('simulate'),
    readSlot: forbidden('readSlot'),
    readBlockHeight: forbidden('readBlockHeight'),
    readRecentFees: forbidden('readRecentFees'),
    readClusterTime: forbidden('readClusterTime'),
    readVersion: forbidden('readVersion'),
    requestAirdrop: forbidden('requestAirdrop'),
    advanceTime: forbidden('advanceTime'),
    resetPractice: forbidden('resetPractice'),
    addClients: forbidden('addClients'),
    removeClients: forbidden('removeClients'),
    readSimulatedClients: forbidden('readSimulatedClients'),
    createMint: forbidden('createMint'),
    giveTokens: forbidden('giveTokens'),
  };
  const journal: Journal = {
    takePayloads: () => payloads,
    brokenAt: undefined,
    readRecords: forbidden('readRecords'),
    async append(payload) {
      const { journalBug } = world;
      world.journalBug = undefined;
      if (journalBug) throw journalBug;
      if (world.isDiskFull) throw new AppError('journal/unwritable', {});
      world.written.push(JSON.parse(JSON.stringify(payload)));
    },
  };
  const clock = { now: () => world.now, monotonic: () => world.now };
  const book = createJournalBook(journal, clock, () => undefined);
  const sending = createSending({
    book,
    routeTo: (genesis) =>
      world.isConnected && genesis === GENESIS ? { nodes: [node], webSocketUrl: 'ws://127.0.0.1' } : undefined,
    webSockets: {
      test: forbidden('test'),
      watchSignature() {
        if (!world.hasHints) throw new SyntaxError('Invalid URL: wss://10.0.0.300:8900');
        return () => undefined;
      },
    },
    clock,
    requireSlot: (genesisHash, slot) => world.neededSlots.push([genesisHash, slot]),
    async sleep(milliseconds, wake) {
      waits += 1;
      if (waits > 500) {
        world.ended.push('it waits forever');
        return new Promise(() => undefined);
      }
      world.onWait(waits);
      world.now += milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      wake?.throwIfAborted();
    },
    reportUnexpected: (_where, cause) => {
      world.unexpected.push(cause);
      return '';
    },
    onEnded: async ({ id }) => {
      world.ended.push(id);
    },
    onChanged: () => undefined,
  });
  return { world, book, sending };
}

type World = ReturnType<typeof createWorld>;

/** Follows a fresh transaction to its end. */
async function follow({ book, sending, world }: World): Promise<void> {
  await book.writeSigned(ENTRY);
  sending.launch(ENTRY.id);
  await finished({ book, world });
}

async function finished({ book, world }: Pick<World, 'book' | 'world'>): Promise<void> {
  for (let turn = 0; turn < 20_000 && world.ended.length === 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(world.ended).toEqual([ENTRY.id]);
  expect(book.inFlight()).toEqual([]);
}

const landed = (err: unknown = null): SignatureStatus => ({ slot: 77n, err, commitment: 'confirmed' });

describe('a signed transaction', () => {
  test('is sent again every two seconds, always the same bytes, until it landed', async () => {
    const scene = createWorld();
    scene.world.onWait = (waits) => {
      if (waits === 9) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.sent.map(({ at }) => at)).toEqual([0, 2000, 4000, 6000, 8000]);
    expect(new Set(scene.world.sent.map(({ bytes }) => bytes))).toEqual(new Set([WIRE]));
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'confirmed', slot: 77n, signature: 'signature' });
    expect(scene.world.neededSlots).toEqual([[GENESIS, 77n]]);
  });

  test('that was refused on chain has ended, with error and logs, and is not sent again', async () => {
    const scene = createWorld();
    scene.world.status = landed({ InstructionError: [0, { Custom: 6001 }] });
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({
      kind: 'failed',
      error: { InstructionError: [0, { Custom: 6001 }] },
      logs: ['Program log: refused'],
    });
    expect(scene.world.sent).toHaveLength(1);
  });

  test('is not ended by a processed status, which a fork could take back', async () => {
    const scene = createWorld();
    scene.world.status = { ...landed(), commitment: 'processed' };
    scene.world.onWait = (waits) => {
      if (waits === 5) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.now).toBeGreaterThanOrEqual(5000);
  });

  test('has expired only when the finalized chain is 32 blocks past its last one', async () => {
    const scene = createWorld();
    let doubtful = false;
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.height = LAST_VALID + 32n;
      if (waits === 6) doubtful = scene.sending.isDoubtful(ENTRY.id);
      if (waits === 6) scene.world.height = LAST_VALID + 33n;
    };
    await follow(scene);
    expect(doubtful).toBe(true);
    expect(scene.sending.isDoubtful(ENTRY.id)).toBe(false);
    expect(scene.world.now).toBeGreaterThanOrEqual(6000);
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'expired' });
    expect(scene.world.sent.every(({ at }) => at < 3000)).toBe(true);
  });

  test('that landed in its very last block is found, however late', async () => {
    const scene = createWorld();
    scene.world.sendFails = true;
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.height = LAST_VALID + 20n;
      if (waits === 8) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'confirmed' });
  });

  test('is never given up, and asked about at most 8 times a minute, while nobody answers', async () => {
    const scene = createWorld();
    scene.world.isSilent = true;
    scene.world.onWait = (waits) => {
      if (waits === 40) Object.assign(scene.world, { isSilent: false, status: landed() });
    };
    await follow(scene);
    expect(scene.world.now).toBeGreaterThan(36 * 8000);
  });

  test('waits for its own cluster: another one gets no byte of it', async () => {
    const scene = createWorld();
    scene.world.isConnected = false;
    scene.world.genesis = 'another cluster';
    const sentElsewhere: unknown[] = [];
    scene.world.onWait = (waits) => {
      if (waits === 5) scene.world.isConnected = true;
      if (waits === 10) sentElsewhere.push(...scene.world.sent);
      if (waits === 10) scene.world.genesis = GENESIS;
      if (waits === 13) scene.world.status = landed();
    };
    await follow(scene);
    expect(sentElsewhere).toEqual([]);
    expect(scene.world.sent.length).toBeGreaterThan(0);
  });

  test('is watched on while the disk is full, and its end written once there is room', async () => {
    const scene = createWorld();
    await scene.book.writeSigned(ENTRY);
    Object.assign(scene.world, { isDiskFull: true, status: landed() });
    scene.world.onWait = (waits) => {
      if (waits === 4) scene.world.isDiskFull = false;
    };
    scene.sending.launch(ENTRY.id);
    await finished(scene);
    expect(scene.world.written.at(-1)).toMatchObject({ event: 'ended', outcome: { kind: 'confirmed' } });
  });

  test('is watched on without a word in the log while the journal is broken', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    const scene = createWorld([...before.world.written, 'a record that nobody understands']);
    scene.world.status = landed();
    scene.sending.recover();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(scene.world.now).toBeGreaterThan(5000);
    expect([scene.world.unexpected, scene.world.ended]).toEqual([[], []]);
    // The wait of this scene throws when it is woken.
    await scene.sending.close().catch(() => undefined);
  });

  test('asks for no state from before a landing that the journal tells of', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    await before.book.writeEnded(ENTRY.id, { kind: 'confirmed', slot: 77n, signature: 'signature' });
    const scene = createWorld(before.world.written);
    scene.sending.recover();
    expect(scene.world.neededSlots).toEqual([[GENESIS, 77n]]);
  });

  test('is taken up after a kill between signing and sending, and after one between sending and the end', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    const signedOnly = [...before.world.written];
    await before.book.writeSent(ENTRY.id);
    for (const payloads of [signedOnly, before.world.written]) {
      const scene = createWorld(payloads);
      scene.world.onWait = () => {
        scene.world.status = landed();
      };
      scene.sending.recover();
      await finished(scene);
      expect(scene.world.sent.map(({ bytes }) => [...bytes])).toEqual([[...WIRE]]);
    }
  });

  test('that landed while the app was away is not sent again', async () => {
    const before = createWorld();
    await before.book.writeSigned(ENTRY);
    const scene = createWorld(before.world.written);
    scene.world.status = landed();
    scene.sending.recover();
    await finished(scene);
    expect(scene.world.sent).toEqual([]);
  });

  test('is sent and found without hints when the WebSocket URL is mistyped', async () => {
    const scene = createWorld();
    scene.world.hasHints = false;
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.sent.length).toBeGreaterThan(0);
    expect(scene.world.unexpected).toEqual([]);
  });

  test('is taken up again after a failure nobody foresaw, and that is reported', async () => {
    const scene = createWorld();
    scene.world.bug = new TypeError('nobody foresaw this');
    scene.world.onWait = (waits) => {
      if (waits === 4) scene.world.status = landed();
    };
    await follow(scene);
    expect(scene.world.unexpected).toHaveLength(1);
    expect(scene.world.sent.length).toBeGreaterThan(0);
  });

  test.each([
    ['another cluster', { genesis: 'another cluster' }],
    ['a node that has not seen all of the finalized chain', { seenSlot: 59n }],
    ['a node that did not search its history', { hasHistory: false }],
  ])('does not expire by the word of %s', async (_who, changes) => {
    const scene = createWorld();
    const honest = { genesis: GENESIS, seenSlot: 90n, hasHistory: true };
    let doubtful = false;
    scene.world.onWait = (waits) => {
      if (waits === 2) Object.assign(scene.world, { height: LAST_VALID + 1000n, ...changes });
      if (waits === 20) doubtful = scene.sending.isDoubtful(ENTRY.id);
      if (waits === 20) Object.assign(scene.world, honest, { status: landed() });
    };
    await follow(scene);
    expect(doubtful).toBe(true);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'confirmed' });
  });

  test('has expired when its cluster was reset, though nobody can be asked any more', async () => {
    const scene = createWorld();
    scene.world.onWait = (waits) => {
      if (waits === 3) scene.world.isConnected = false;
      if (waits === 5) scene.sending.giveUpCluster(GENESIS);
    };
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'expired' });
  });

  test('has failed for good though nobody keeps its logs', async () => {
    const scene = createWorld();
    Object.assign(scene.world, { status: landed({ InstructionError: [0, { Custom: 6001 }] }), logs: [] });
    await follow(scene);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'failed', logs: [] });
  });

  test('is taken up again when writing down its end fails as nobody foresaw', async () => {
    const scene = createWorld();
    scene.world.onWait = (waits) => {
      if (waits === 2) Object.assign(scene.world, { status: landed(), journalBug: new TypeError('a fault') });
    };
    await follow(scene);
    expect(scene.world.unexpected).toHaveLength(1);
    expect(scene.book.find(ENTRY.id).end?.outcome).toMatchObject({ kind: 'confirmed' });
  });

  test('whose end was written by somebody else is left alone', async () => {
    const scene = createWorld();
    let written: Promise<void> | undefined;
    scene.world.onWait = (waits) => {
      if (waits === 2) written = scene.book.writeEnded(ENTRY.id, { kind: 'expired' });
    };
    await scene.book.writeSigned(ENTRY);
    scene.sending.launch(ENTRY.id);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await written;
    const count = scene.world.sent.length;
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(scene.world.sent).toHaveLength(count);
    expect(scene.world.ended).toEqual([]);
    expect(scene.book.find(ENTRY.id).end?.outcome).toEqual({ kind: 'expired' });
  });

  test('is followed once, however often that is asked for', async () => {
    const scene = createWorld();
    await scene.book.writeSigned(ENTRY);
    scene.world.onWait = (waits) => {
      if (waits === 2) scene.world.status = landed();
    };
    for (let times = 0; times < 5; times += 1) scene.sending.launch(ENTRY.id);
    await finished(scene);
    expect(scene.world.sent).toHaveLength(1);
  });
});

test('how often it was sent, when the cluster last answered and until when it can land are known while it is on its way', async () => {
  const scene = createWorld();
  let seen: unknown;
  scene.world.onWait = (waits) => {
    if (waits === 4) seen = scene.sending.flightOf(ENTRY.id);
    if (waits === 5) scene.world.isConnected = false;
    if (waits === 6) expect(scene.sending.flightOf(ENTRY.id)?.isConnected).toBe(false);
    if (waits === 7) Object.assign(scene.world, { isConnected: true, status: landed() });
  };
  await follow(scene);
  expect(seen).toEqual({
    isConnected: true,
    lookedAt: 3000,
    sends: 2,
    finalizedHeight: 50n,
    lastValidBlockHeight: LAST_VALID,
  });
  expect(scene.sending.flightOf(ENTRY.id)).toBeUndefined();
});
