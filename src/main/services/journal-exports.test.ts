import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64 } from '@scure/base';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BOOKS_HEAD } from '#core/journal/money-books.ts';
import { readJournalExport } from '#core/journal/journal-export.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { sleep, systemClock } from '#main/adapters/clock.ts';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { temporaryFolder } from '#test/main/start-main.ts';
import { createJournalBook } from './journal-book.ts';
import { createJournalExports } from './journal-exports.ts';

/** A journal as the app wrote it before operators could add words to transactions. */
const OLD_JOURNAL = 'test/fixtures/journal/without-notes.log';

let folder = temporaryFolder();
let path = '';
const toClose: (() => Promise<void>)[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'journal.log');
  copyFileSync(OLD_JOURNAL, path);
});
afterEach(async () => {
  await Promise.all(toClose.splice(0).map((close) => close()));
  folder.remove();
});

async function opened({ answers = true } = {}) {
  const journal = await openJournal(path);
  toClose.push(journal.close);
  const book = createJournalBook(journal, systemClock, () => undefined);
  const written = new Map<string, string>();
  const exports = createJournalExports({
    book,
    handed: { exportText: async (id) => Buffer.from(book.find(id).signed.wire).toString('base64') },
    dialogs: {
      chooseFile: async () => undefined,
      chooseTarget: async ({ fileName }) => (answers ? join(folder.path, fileName) : undefined),
      confirm: async () => false,
    },
    files: {
      read: async () => '',
      write: async (target, text) => void written.set(target.split(/[\\/]/).at(-1) ?? '', text),
    },
    clock: { now: () => Date.UTC(2026, 10, 22), monotonic: systemClock.monotonic },
    sleep,
  });
  return { journal, book, exports, written };
}

describe('a journal of an older version', () => {
  test('is read as it is, takes words, and is read again with them', async () => {
    const { book, journal } = await opened();
    expect(book.brokenAt).toBeUndefined();
    const [first] = book.all();
    expect(first?.annotation).toBeUndefined();
    await book.writeNote('first', { label: 'invoice 7', note: 'paid' });
    await journal.close();
    toClose.length = 0;
    expect(readFileSync(path, 'utf8').startsWith(readFileSync(OLD_JOURNAL, 'utf8'))).toBe(true);
    const again = await opened();
    expect(again.book.brokenAt).toBeUndefined();
    expect(again.book.find('first')).toMatchObject({ annotation: { label: 'invoice 7', note: 'paid' } });
    expect(again.book.find('first').end).toEqual(first?.end);
  });
});

describe('the export of the journal', () => {
  test('is every record with its hash, and holds when read back', async () => {
    const { book, exports, written } = await opened();
    await book.writeNote('first', { label: 'invoice 7', note: '' });
    expect(await exports.saveJournal()).toEqual({ kind: 'saved', fileName: 'journal-2026-11-22.json', records: 6 });
    const { transactions } = readJournalExport(written.get('journal-2026-11-22.json') ?? '');
    expect([...transactions.values()]).toEqual(book.all());
  });

  test('waits for a record that is being written', async () => {
    const { book, exports, written } = await opened();
    const noted = book.writeNote('first', { label: 'late', note: '' });
    await Promise.all([noted, exports.saveJournal()]);
    expect(written.get('journal-2026-11-22.json')).toContain('"label":"late"');
  });

  test('of a journal that was changed from outside holds what stands before the change', async () => {
    const text = readFileSync(path, 'latin1');
    writeFileSync(path, text.replace('"id":"second","at"', '"id":"zecond","at"'), 'latin1');
    const { exports, book, written } = await opened();
    expect(book.brokenAt).toBeDefined();
    await exports.saveJournal();
    expect(readJournalExport(written.get('journal-2026-11-22.json') ?? '').payloads).toHaveLength(
      (book.brokenAt ?? 0) - 1,
    );
  });
});

test('the books name what landed and count what is still open', async () => {
  const { exports, written } = await opened();
  expect(await exports.saveBooks()).toEqual({
    kind: 'saved',
    fileName: 'books-2026-11-22.csv',
    movements: 2,
    open: 1,
  });
  const [head, fee, transfer] = (written.get('books-2026-11-22.csv') ?? '').split('\r\n');
  expect(`${head}\r\n`).toBe(BOOKS_HEAD);
  expect(fee).toContain('"fee"');
  expect(transfer).toContain('"sol-transfer"');
});

test('a signed transaction is saved as the text that other tools take', async () => {
  const { exports, book, written } = await opened();
  const saved = await exports.saveWire('first');
  const { wire } = book.find('first').signed;
  expect(saved).toMatchObject({ kind: 'saved' });
  const [text = ''] = written.values();
  expect(decodeTransaction(base64.decode(text.trim()))).toEqual(decodeTransaction(wire));
});

test('nothing is written for somebody who says no', async () => {
  const { exports, written } = await opened({ answers: false });
  const all = [exports.saveJournal(), exports.saveBooks(), exports.saveWire('first')];
  expect(await Promise.all(all)).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }, { kind: 'cancelled' }]);
  expect(written.size).toBe(0);
});
