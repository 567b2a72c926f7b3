import { z } from 'zod';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { JournalEntry } from './entry.ts';
import { journalExportLines, readJournalExport } from './journal-export.ts';
import { encodeRecord, FIRST_HASH } from './record-chain.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { someMessage } from '#test/builders/message-builder.ts';

const AT = new Date('2026-11-22T17:00:00.000Z');

const signed: JournalEntry = {
  event: 'signed',
  id: 'a',
  planId: 'p',
  title: 'Top up “größe”',
  subject: 'run atlas',
  genesisHash: 'g',
  networkName: 'Practice',
  wire: encodeTransaction([new Uint8Array(64).fill(1)], someMessage({ instructions: [] })),
  signature: 's',
  messageHash: 'h',
  feePayer: SYSTEM_PROGRAM,
  feeLamports: 2n ** 64n - 1n,
  lastValidBlockHeight: 9n,
  reviewedAt: 1,
  approvedAt: 2,
  at: 3,
  overrides: [],
};
const ENTRIES: readonly JournalEntry[] = [
  signed,
  { event: 'sent', id: 'a', at: 4 },
  { event: 'noted', id: 'a', at: 5, label: 'invoice 7', note: 'two\nlines' },
  { event: 'ended', id: 'a', at: 6, outcome: { kind: 'confirmed', slot: 7n, signature: 's' } },
];

function recordsOf(payloads: readonly unknown[]) {
  let hash = FIRST_HASH;
  return payloads.map((payload) => {
    hash = encodeRecord(hash, payload).hash;
    return { payload, hash };
  });
}

const written = ENTRIES.map((entry) => JSON.parse(JSON.stringify(z.encode(JournalEntry, entry))) as unknown);
const exported = [...journalExportLines(recordsOf(written), AT)].join('');

type Exported = { version: number; exportedAt: string; lastHash: string; records: { hash: string; entry: object }[] };

function changed(change: (file: Exported) => void): string {
  const file = JSON.parse(exported) as Exported;
  change(file);
  return JSON.stringify(file);
}

describe('an exported journal', () => {
  test('comes back whole: bytes, amounts, words and its time', () => {
    const { exportedAt, payloads, transactions, misunderstoodAt } = readJournalExport(exported);
    expect(exportedAt).toEqual(AT);
    expect(payloads).toEqual(written);
    expect(misunderstoodAt).toBeUndefined();
    expect(transactions.get('a')).toEqual({
      signed,
      sentAt: 4,
      annotation: { at: 5, label: 'invoice 7', note: 'two\nlines' },
      end: { at: 6, outcome: { kind: 'confirmed', slot: 7n, signature: 's' } },
    });
  });

  test('of an empty journal is a sound file as well', () => {
    const empty = [...journalExportLines([], AT)].join('');
    expect(readJournalExport(empty)).toMatchObject({ payloads: [], lastHash: FIRST_HASH });
  });

  test('holds any record a journal can hold, exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (values) => {
        const plain = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        const text = [...journalExportLines(recordsOf(plain), AT)].join('');
        expect(JSON.stringify(readJournalExport(text).payloads)).toBe(JSON.stringify(plain));
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('keeps what stands before a record of a kind it does not know', () => {
    const later = [...written, { event: 'carried-away', id: 'a' }];
    const { misunderstoodAt, transactions } = readJournalExport([...journalExportLines(recordsOf(later), AT)].join(''));
    expect(misunderstoodAt).toBe(5);
    expect(transactions.get('a')?.end?.outcome.kind).toBe('confirmed');
  });

  test.each([
    ['a changed value', (file: Exported) => Object.assign(file.records[2]?.entry ?? {}, { label: 'invoice 8' }), 3],
    ['a record left out', (file: Exported) => file.records.splice(1, 1), 2],
    ['records moved', (file: Exported) => file.records.reverse(), 1],
    ['a record repeated', (file: Exported) => file.records.splice(1, 0, ...file.records.slice(1, 2)), 3],
    ['a cut end', (file: Exported) => file.records.pop(), 4],
    ['another last hash', (file: Exported) => Object.assign(file, { lastHash: FIRST_HASH }), 5],
  ] as const)('shows %s', (_name, change, record) => {
    expect(() => readJournalExport(changed((file) => void change(file)))).toThrow(
      expect.objectContaining({ code: 'journal/export-changed', params: { record } }),
    );
  });

  test.each([
    ['no JSON', 'records'],
    ['another file', '{"format":"something","version":1}'],
    ['a newer version', changed((file) => Object.assign(file, { version: 2 }))],
    ['records of another form', changed((file) => Object.assign(file, { records: [1] }))],
    ['a field too many', changed((file) => Object.assign(file, { keys: [] }))],
    ['no time', changed((file) => Object.assign(file, { exportedAt: 'yesterday' }))],
  ])('is not taken for one: %s', (_name, text) => {
    expect(errorCodeOf(() => readJournalExport(text))).toBe('journal/export-unreadable');
  });
});
