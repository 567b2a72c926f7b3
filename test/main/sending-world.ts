import { expect } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { SignedEntry } from '#core/journal/entry.ts';
import type { SignatureStatus } from '#core/ports.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { ChainNode, Journal } from '#main/ports.ts';
import { createJournalBook } from '#main/services/journal-book.ts';
import { createSending } from '#main/services/sending.ts';
import { someMessage } from '#test/builders/message-builder.ts';

/** The cluster that was reviewed for. */
export const GENESIS = 'genesis-of-the-reviewed-cluster';
/** One signature, and nothing it does. */
export const WIRE = encodeTransaction([new Uint8Array(64).fill(1)], someMessage({ instructions: [] }));
/** The last height at which it can land. */
export const LAST_VALID = 100n;

/** What the journal has of it. */
export const ENTRY: Omit<SignedEntry, 'event' | 'at'> = {
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
export function createWorld(payloads: readonly unknown[] = []) {
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

export type World = ReturnType<typeof createWorld>;

/** Follows a fresh transaction to its end. */
export async function follow({ book, sending, world }: World): Promise<void> {
  await book.writeSigned(ENTRY);
  sending.launch(ENTRY.id);
  await finished({ book, world });
}

/** Its end is in the journal and told. */
export async function finished({ book, world }: Pick<World, 'book' | 'world'>): Promise<void> {
  for (let turn = 0; turn < 20_000 && world.ended.length === 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(world.ended).toEqual([ENTRY.id]);
  expect(book.inFlight()).toEqual([]);
}

/** Found on the chain; an error says that it was refused there. */
export const landed = (err: unknown = null): SignatureStatus => ({ slot: 77n, err, commitment: 'confirmed' });
