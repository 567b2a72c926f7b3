import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { JournalEntry } from './entry.ts';
import { foldEntries } from './fold-entries.ts';

const message = someMessage({ instructions: [someInstruction(someAddress(5), [[someAddress(6), 's']], [1])] });

/** Two signatures: 0 stands for one that is missing. */
const wireWith = (first: number, second: number) =>
  encodeTransaction([new Uint8Array(64).fill(first), new Uint8Array(64).fill(second)], message);
const completeWire = wireWith(1, 2);

const signed: JournalEntry = {
  event: 'signed',
  id: 'a',
  planId: 'p',
  title: 'Create run',
  subject: 'run atlas',
  genesisHash: 'g',
  networkName: 'Practice',
  wire: completeWire,
  signature: 's',
  messageHash: 'h',
  feePayer: SYSTEM_PROGRAM,
  feeLamports: 2n ** 64n - 1n,
  lastValidBlockHeight: 2n ** 63n,
  reviewedAt: 1,
  approvedAt: 2,
  at: 3,
  overrides: [],
};
const sent: JournalEntry = { event: 'sent', id: 'a', at: 4 };
const ended = (outcome: Extract<JournalEntry, { event: 'ended' }>['outcome']): JournalEntry => ({
  event: 'ended',
  id: 'a',
  at: 5,
  outcome,
});
const expired = ended({ kind: 'expired' });

/** As the file holds them. */
const written = (...entries: JournalEntry[]) =>
  entries.map((entry) => JSON.parse(JSON.stringify(z.encode(JournalEntry, entry))) as unknown);

describe('what the journal adds up to', () => {
  test('keeps bytes and amounts exact through the file', () => {
    const { transactions, misunderstoodAt } = foldEntries(
      written(signed, sent, ended({ kind: 'confirmed', slot: 2n ** 60n, signature: 's' })),
    );
    expect(misunderstoodAt).toBeUndefined();
    expect(transactions.get('a')).toEqual({
      signed,
      sentAt: 4,
      end: { at: 5, outcome: { kind: 'confirmed', slot: 2n ** 60n, signature: 's' } },
    });
  });

  test('shows as in flight what was signed, sent or not, and has no end', () => {
    expect(foldEntries(written(signed)).transactions.get('a')?.end).toBeUndefined();
    expect(foldEntries(written(signed, sent)).transactions.get('a')?.end).toBeUndefined();
  });

  test('lets a transaction end of which nobody knows that it was sent', () => {
    expect(foldEntries(written(signed, expired)).transactions.get('a')?.end?.outcome).toEqual({ kind: 'expired' });
  });

  test('keeps the operator’s last words, before and after the end', () => {
    const words = (at: number, label: string): JournalEntry => ({
      event: 'noted',
      id: 'a',
      at,
      label,
      note: 'two\nlines',
    });
    const early = written(signed, words(4, 'a'), expired, words(6, 'b'));
    expect(foldEntries(early).transactions.get('a')).toEqual({
      signed,
      end: { at: 5, outcome: { kind: 'expired' } },
      annotation: { at: 6, label: 'b', note: 'two\nlines' },
    });
    expect(foldEntries(written(words(1, 'a'))).misunderstoodAt).toBe(1);
    const long = { event: 'noted', id: 'a', at: 1, label: 'x'.repeat(81), note: '' };
    expect(foldEntries([...written(signed), long]).misunderstoodAt).toBe(2);
  });

  test('follows a transaction whose signatures come one after the other, also from outside', () => {
    const part: JournalEntry = { ...signed, wire: wireWith(0, 2), signature: '' };
    const exported: JournalEntry = { event: 'exported', id: 'a', at: 4 };
    const completed: JournalEntry = { event: 'signatures', id: 'a', at: 5, wire: completeWire, signature: 's' };
    const landed = ended({ kind: 'confirmed', slot: 1n, signature: 's' });
    const { transactions, misunderstoodAt } = foldEntries(written(part, exported, completed, sent, landed));
    expect(misunderstoodAt).toBeUndefined();
    expect(transactions.get('a')).toMatchObject({
      signed: { wire: completeWire, signature: 's' },
      exportedAt: 4,
      completions: [{ at: 5, signers: [someAddress(1)] }],
      end: { outcome: { kind: 'confirmed' } },
    });
    const bad: readonly (readonly [string, readonly JournalEntry[]])[] = [
      ['sent without a signature', [part, sent]],
      ['landed without a signature', [part, exported, landed]],
      ['loses a signature', [part, { ...completed, wire: wireWith(1, 0) }]],
      ['changes a signature', [part, { ...completed, wire: wireWith(1, 3) }]],
      ['brings nothing', [part, { ...completed, wire: wireWith(0, 2) }]],
      ['another message', [part, { ...completed, wire: completeWire.with(completeWire.length - 1, 99) }]],
      ['complete already', [signed, completed]],
      ['after its end', [part, expired, completed]],
    ];
    for (const [what, entries] of bad)
      expect([what, foldEntries(written(...entries)).misunderstoodAt]).toEqual([what, entries.length]);
    const again = foldEntries(written(part, exported, { ...exported, at: 9 })).transactions.get('a');
    expect(again?.exportedAt).toBe(4);
    expect(foldEntries(written(part, expired)).misunderstoodAt).toBeUndefined();
    expect(foldEntries(written(part, completed, sent)).transactions.get('a')?.sentAt).toBe(4);
  });

  test.each([
    ['signs twice', [signed, signed], 2],
    ['sends what was never signed', [sent], 1],
    ['ends what was never signed', [expired], 1],
    ['ends twice', [signed, expired, ended({ kind: 'confirmed', slot: 1n, signature: 's' })], 3],
    ['sends after the end', [signed, expired, sent], 3],
  ] as const)('stops where a record %s', (_what, entries, record) => {
    expect(foldEntries(written(...entries)).misunderstoodAt).toBe(record);
  });

  test('is known within seconds after years of use', () => {
    const entries = written(signed, sent, expired);
    const years = Array.from({ length: 12_000 }, (_, number) =>
      entries.map((entry) => Object.assign({}, entry, { id: String(number) })),
    ).flat();
    const start = performance.now();
    expect(foldEntries(years).transactions.size).toBe(12_000);
    expect(performance.now() - start).toBeLessThan(8_000);
  }, 120_000);

  test('stops at a record of a kind it does not know, and keeps what stands before', () => {
    const { transactions, misunderstoodAt } = foldEntries([
      ...written(signed),
      { event: 'carried-by-pigeon', id: 'a' },
      ...written(sent),
    ]);
    expect(misunderstoodAt).toBe(2);
    expect(transactions.get('a')).toEqual({ signed });
  });
});
