import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import type { SignedEntry } from '#core/journal/entry.ts';
import { parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage } from '#core/transactions/build.ts';
import type { LandedTransaction } from '#core/ports.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { Journal } from '#main/ports.ts';
import { createJournalBook } from './journal-book.ts';
import type { Sending } from './sending.ts';
import type { SignerBook } from './signer-book.ts';
import { createTransactions } from './transactions.ts';

const PAYER = parseAddress('EnU7DRx5az5YWxaxgqEGbXSYtudcfnjXewyBRRZCjJPw');
/** Where a private deployment has its coordinator. */
const COORDINATOR = parseAddress('PsyAUmhpmiUouWsnJdNGFSX8vZ6rWjXjgDPHsgqPGyw');
const ACCOUNT = parseAddress('4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7');

const instruction = new TransactionInstruction({
  programId: new PublicKey(COORDINATOR),
  keys: [],
  data: Buffer.from([1, 2, 3]),
});
const message = buildMessage([instruction], { payer: PAYER, blockhash: SYSTEM_PROGRAM });

const ENTRY: Omit<SignedEntry, 'event' | 'at'> = {
  id: 'a',
  planId: 'p',
  title: 'Update configuration',
  subject: 'run atlas',
  freshAccount: ACCOUNT,
  genesisHash: 'g',
  networkName: 'Private',
  programs: { ...DEFAULT_PROGRAM_IDS, coordinator: COORDINATOR },
  wire: encodeTransaction([new Uint8Array(64).fill(1)], message),
  signature: 's',
  messageHash: 'h',
  feePayer: PAYER,
  feeLamports: 5000n,
  lastValidBlockHeight: 9n,
  reviewedAt: 1,
  approvedAt: 2,
  overrides: [],
};

/** A cluster that kept the transaction. */
const KEPT: LandedTransaction = {
  logs: ['Program log: kept'],
  balances: [{ address: PAYER, before: 10_000n, after: 5_000n }],
  tokens: [{ account: ACCOUNT, owner: undefined, mint: ACCOUNT, decimals: 6, before: 0n, after: 7n }],
};

async function ended(outcome: Outcome, landed: LandedTransaction | 'other-network' | 'not-kept' = KEPT) {
  const written: unknown[] = [];
  const asked: (readonly string[])[] = [];
  const journal: Journal = {
    takePayloads: () => [],
    brokenAt: undefined,
    append: async (payload) => void written.push(payload),
    readRecords: async () => [],
  };
  const book = createJournalBook(journal, { now: () => 3, monotonic: () => 3 }, () => undefined);
  await book.writeSigned(ENTRY);
  await book.writeEnded(ENTRY.id, outcome);
  const transactions = createTransactions({
    book,
    sending: { isDoubtful: () => false, flightOf: () => undefined } as unknown as Sending,
    signers: { own: () => [], labels: () => ({}) } as unknown as SignerBook,
    nodeOf: () =>
      landed === 'other-network'
        ? undefined
        : {
            async readLanded(_signature, staticKeys) {
              asked.push(staticKeys);
              return landed === 'not-kept' ? undefined : landed;
            },
          },
  });
  return { book, transactions, written, asked };
}

const failed: Outcome = {
  kind: 'failed',
  slot: 7n,
  error: { InstructionError: [0, { Custom: 6001 }] },
  logs: ['Program log: refused'],
};

describe('a transaction that was refused', () => {
  test('tells why, by the deployment it was reviewed for', async () => {
    const { transactions } = await ended(failed);
    const { failure, review, outcome } = transactions.read(ENTRY.id);
    expect(failure).toMatchObject({ program: COORDINATOR, code: 6001, instructionIndex: 0 });
    expect(failure?.cause).toContain('what was sent changes only while it is halted');
    expect(review.programs).toMatchObject([{ address: COORDINATOR, isKnown: true }]);
    expect(outcome).toEqual(failed);
  });

  test('takes no logs along into the list', async () => {
    const { transactions } = await ended(failed);
    expect(transactions.list()[0]?.outcome).toEqual({ kind: 'failed', slot: 7n });
  });
});

test('an account is the app’s own once its transaction was confirmed, on that cluster', async () => {
  const { book } = await ended({ kind: 'confirmed', slot: 7n, signature: 's' });
  expect([...book.accountsCreatedOn('g')]).toEqual([ACCOUNT]);
  expect([...book.accountsCreatedOn('another')]).toEqual([]);
  expect([...(await ended(failed)).book.accountsCreatedOn('g')]).toEqual([]);
});

describe('the operator’s words', () => {
  test('are cleaned, kept in the journal, and shown in the list and in full', async () => {
    const { transactions, written } = await ended(failed);
    await transactions.annotate(ENTRY.id, { label: ' invoice\u202E 7\n', note: 'paid\r\nby ops ' });
    const words = { label: 'invoice 7', note: 'paid\nby ops' };
    expect(written.at(-1)).toMatchObject({ event: 'noted', id: ENTRY.id, ...words });
    expect(transactions.list()[0]).toMatchObject(words);
    expect(transactions.read(ENTRY.id)).toMatchObject(words);
  });

  test('that say nothing new make no record; empty ones take the old away', async () => {
    const { transactions, written } = await ended(failed);
    const before = written.length;
    await transactions.annotate(ENTRY.id, { label: '', note: ' ' });
    expect(written).toHaveLength(before);
    await transactions.annotate(ENTRY.id, { label: 'a', note: '' });
    await transactions.annotate(ENTRY.id, { label: '', note: '' });
    expect(written).toHaveLength(before + 2);
    expect(transactions.list()[0]?.label).toBe('');
  });

  test('about something the journal does not hold are refused', async () => {
    const { transactions } = await ended(failed);
    await expect(transactions.annotate('nobody', { label: 'a', note: '' })).rejects.toMatchObject({
      code: 'journal/unknown-transaction',
    });
  });

  test('written while a transaction ends lose neither the words nor the end', async () => {
    const journal: Journal = {
      takePayloads: () => [],
      brokenAt: undefined,
      append: () => new Promise((resolve) => setImmediate(resolve)),
      readRecords: async () => [],
    };
    const book = createJournalBook(journal, { now: () => 3, monotonic: () => 3 }, () => undefined);
    await book.writeSigned(ENTRY);
    const words = { label: 'a', note: '' };
    await Promise.all([book.writeSent(ENTRY.id), book.writeNote(ENTRY.id, words)]);
    await Promise.all([book.writeNote(ENTRY.id, words), book.writeEnded(ENTRY.id, failed)]);
    expect(book.find(ENTRY.id)).toMatchObject({ sentAt: 3, end: { outcome: failed }, annotation: words });
    expect(book.inFlight()).toEqual([]);
  });
});

describe('what the cluster keeps of a transaction', () => {
  test('is told with the accounts the message names', async () => {
    const { transactions, asked } = await ended(failed);
    expect(await transactions.landed(ENTRY.id)).toEqual({
      kind: 'landed',
      logs: KEPT.logs,
      balances: KEPT.balances,
      tokens: [{ account: ACCOUNT, mint: ACCOUNT, decimals: 6, before: 0n, after: 7n }],
    });
    expect(asked).toEqual([[PAYER, COORDINATOR]]);
  });

  test.each([
    ['not-landed', { kind: 'expired' }, KEPT],
    ['other-network', failed, 'other-network'],
    ['not-kept', failed, 'not-kept'],
  ] as const)('is missing for a reason: %s', async (reason, outcome, landed) => {
    const { transactions } = await ended(outcome, landed);
    expect(await transactions.landed(ENTRY.id)).toEqual({ kind: 'unavailable', reason });
  });

  test('names every signer of the bytes and whether each signed', async () => {
    const { transactions } = await ended(failed);
    expect(transactions.read(ENTRY.id)).toMatchObject({
      slots: [{ address: PAYER, isSigned: true }],
      signers: [PAYER],
      missing: [],
    });
  });
});
