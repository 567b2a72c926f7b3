import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import type { SignedEntry } from '#core/journal/entry.ts';
import { parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage } from '#core/transactions/build.ts';
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
  wire: encodeTransaction([new Uint8Array(64)], message),
  signature: 's',
  messageHash: 'h',
  feePayer: PAYER,
  feeLamports: 5000n,
  lastValidBlockHeight: 9n,
  reviewedAt: 1,
  approvedAt: 2,
  overrides: [],
};

async function ended(outcome: Outcome) {
  const journal: Journal = { takePayloads: () => [], brokenAt: undefined, append: async () => undefined };
  const book = createJournalBook(journal, { now: () => 3, monotonic: () => 3 }, () => undefined);
  await book.writeSigned(ENTRY);
  await book.writeEnded(ENTRY.id, outcome);
  const transactions = createTransactions({
    book,
    sending: { isDoubtful: () => false } as unknown as Sending,
    signers: { own: () => [], labels: () => ({}) } as unknown as SignerBook,
  });
  return { book, transactions };
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
