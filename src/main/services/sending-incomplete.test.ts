import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { SignedEntry } from '#core/journal/entry.ts';
import type { SignatureStatus } from '#core/ports.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { encodeTransaction, formatSignature } from '#core/solana/transaction.ts';
import type { ChainNode, Journal } from '#main/ports.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { messageFor } from '#test/builders/message-for.ts';
import { createJournalBook } from './journal-book.ts';
import { createSending } from './sending.ts';

const payer = someAddress(1);
const account = someAddress(2);
const BLOCKHASH = { kind: 'blockhash', blockhash: someAddress(9), lastValidBlockHeight: 100n } as const;
const NONCE = { kind: 'nonce', account, authority: payer, nonce: someAddress(3) } as const;
const SIGNATURE = new Uint8Array(64).fill(7);
const MINUTE = 60_000;

/** One transaction on a cluster that does what a test says; only waiting moves the clock. */
function createWorld(lifetime: typeof BLOCKHASH | typeof NONCE, signatures = new Uint8Array(64)) {
  const message = messageFor([], { payer, lifetime });
  const whole = encodeTransaction([SIGNATURE], message);
  const world = {
    now: 0,
    height: 50n,
    storedNonce: NONCE.nonce as string,
    isSilent: false,
    found: undefined as Uint8Array | undefined,
    isSearchComplete: true,
    status: undefined as SignatureStatus | undefined,
    searchedAt: [] as number[],
    sentAt: [] as number[],
    events: [] as unknown[],
    ended: false,
    onWait: (_waits: number): void => undefined,
  };
  let waits = 0;
  const orSilent = async <T>(value: T): Promise<T> => {
    if (world.isSilent) throw new AppError('rpc/unreachable', { origin: '' });
    return value;
  };
  const node = {
    readGenesisHash: () => orSilent('g'),
    readFinalizedBlock: () => orSilent({ slot: 60n, height: world.height }),
    readFinalizedNonce: () => orSilent({ slot: 60n, value: world.storedNonce }),
    readStatus: () => orSilent({ slot: 90n, status: world.status, hasHistory: true }),
    async findLanded() {
      world.searchedAt.push(world.now);
      return { wire: world.found, isComplete: world.isSearchComplete };
    },
    send: async () => void world.sentAt.push(world.now),
    readLogs: async () => [],
  } as unknown as ChainNode;
  const journal = {
    takePayloads: () => [],
    brokenAt: undefined,
    append: async (payload: unknown) => void world.events.push((payload as { event: string }).event),
  } as unknown as Journal;
  const clock = { now: () => world.now, monotonic: () => world.now };
  const book = createJournalBook(journal, clock, () => undefined);
  const sending = createSending({
    book,
    routeTo: () => ({ nodes: [node], webSocketUrl: '' }),
    webSockets: { watchSignature: () => () => undefined } as never,
    clock,
    requireSlot: () => undefined,
    async sleep(milliseconds, wake) {
      waits += 1;
      if (waits > 300) return new Promise(() => undefined);
      world.onWait(waits);
      await new Promise((resolve) => setImmediate(resolve));
      if (!wake?.aborted) world.now += milliseconds;
    },
    reportUnexpected: (_where, cause) => {
      throw cause;
    },
    onEnded: async () => {
      world.ended = true;
    },
    onChanged: () => undefined,
  });
  const entry: Omit<SignedEntry, 'event' | 'at'> = {
    id: 'a',
    planId: '',
    title: 'Send',
    subject: 'send',
    genesisHash: 'g',
    networkName: 'Practice',
    wire: encodeTransaction([signatures], message),
    signature: signatures === SIGNATURE ? formatSignature(SIGNATURE) : '',
    messageHash: messageHashOf(message),
    feePayer: payer,
    feeLamports: 5000n,
    ...(lifetime.kind === 'blockhash' ? { lastValidBlockHeight: lifetime.lastValidBlockHeight } : {}),
    reviewedAt: 1,
    approvedAt: 2,
    overrides: [],
  };
  /** Follows it to its end, or until all has been waited for that a test allows. */
  async function follow(isExported: boolean): Promise<unknown> {
    await book.writeSigned(entry);
    if (isExported) await book.writeExported(entry.id);
    sending.launch(entry.id);
    for (let turn = 0; turn < 5000 && !world.ended; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return book.find(entry.id).end?.outcome;
  }
  return { world, book, sending, follow, whole };
}

const landed: SignatureStatus = { slot: 77n, err: null, commitment: 'confirmed' };

describe('a transaction that lacks signatures', () => {
  test('is sent by nobody here, and dies by its height when nobody else has it', async () => {
    const { world, follow } = createWorld(BLOCKHASH);
    world.onWait = (waits) => {
      if (waits === 3) world.height = 133n;
    };
    expect(await follow(false)).toEqual({ kind: 'expired' });
    expect([world.sentAt, world.searchedAt]).toEqual([[], []]);
    expect(world.now).toBe(3 * 8000);
  });

  test('that others completed is found, completed here, and told as what it became', async () => {
    const { world, follow, whole, book } = createWorld(BLOCKHASH);
    Object.assign(world, { height: 1000n, found: whole, status: landed });
    expect(await follow(true)).toEqual({ kind: 'confirmed', slot: 77n, signature: formatSignature(SIGNATURE) });
    expect(world.events).toEqual(['signed', 'exported', 'signatures', 'ended']);
    expect(book.find('a').signed.wire).toEqual(whole);
    expect(world.sentAt).toEqual([]);
  });

  test('is searched for once a minute while a search does not reach its end', async () => {
    const { world, follow, sending } = createWorld(BLOCKHASH);
    Object.assign(world, { height: 1000n, isSearchComplete: false });
    let isDoubtful = false;
    world.onWait = (waits) => {
      if (waits === 3) isDoubtful = sending.isDoubtful('a');
      if (waits === 4) world.isSearchComplete = true;
    };
    expect(await follow(true)).toEqual({ kind: 'expired' });
    expect(isDoubtful).toBe(true);
    expect(world.searchedAt).toEqual([0, MINUTE, 2 * MINUTE, 3 * MINUTE, 4 * MINUTE]);
  });

  test('dies with its nonce', async () => {
    const { world, follow } = createWorld(NONCE);
    world.onWait = (waits) => {
      if (waits === 2) world.storedNonce = someAddress(4);
    };
    expect(await follow(true)).toEqual({ kind: 'nonce-used' });
    expect(world.searchedAt).toHaveLength(1);
  });

  test('is sent at once when its last signature comes', async () => {
    const { world, follow, whole, book, sending } = createWorld(BLOCKHASH);
    let completed: Promise<void> | undefined;
    world.onWait = (waits) => {
      if (waits === 2) completed = book.writeSignatures('a', whole).then(() => sending.nudge('a'));
      if (waits === 4) world.status = landed;
    };
    expect(await follow(false)).toMatchObject({ kind: 'confirmed' });
    await completed;
    expect(world.sentAt[0]).toBe(8000);
  });
});

describe('a transaction that lives by a nonce', () => {
  test('is told to hold on to it, and to be dead when it moved and nobody knows the signature', async () => {
    const { world, follow, sending } = createWorld(NONCE, SIGNATURE);
    const seen: unknown[] = [];
    world.onWait = (waits) => {
      if (waits === 2) seen.push(sending.flightOf('a'));
      if (waits === 3) world.isSilent = true;
      if (waits === 5) Object.assign(world, { isSilent: false, storedNonce: someAddress(4) });
    };
    expect(await follow(false)).toEqual({ kind: 'nonce-used' });
    expect(seen).toEqual([{ isConnected: true, sends: 1, lookedAt: 1000, isNonceCurrent: true }]);
    expect(world.searchedAt).toEqual([]);
  });

  test('is asked about less often while nobody answers', async () => {
    const { world, follow } = createWorld(NONCE, SIGNATURE);
    world.isSilent = true;
    world.onWait = (waits) => {
      if (waits === 10) Object.assign(world, { isSilent: false, status: landed });
    };
    expect(await follow(false)).toMatchObject({ kind: 'confirmed' });
    expect(world.now).toBeGreaterThanOrEqual(1000 + 2000 + 4000 + 6 * 8000);
  });
});
