import { journalExportLines } from '#core/journal/journal-export.ts';
import { BOOKS_HEAD, booksLines, knownTokens } from '#core/journal/money-books.ts';
import { readMoney } from '#core/journal/money-movements.ts';
import type { Clock } from '#core/ports.ts';
import type { Dialogs, FileFilter, Sleep, TextFiles } from '#main/ports.ts';
import type { Handed } from './handed.ts';
import { inTurns } from './in-turns.ts';
import type { JournalBook } from './journal-book.ts';

type Deps = {
  readonly book: JournalBook;
  readonly handed: Pick<Handed, 'exportText'>;
  readonly dialogs: Dialogs;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly sleep: Sleep;
};

type Target = { readonly title: string; readonly fileName: string; readonly filter: FileFilter };

const JSON_FILE: FileFilter = { name: 'JSON', extensions: ['json'] };
const CSV_FILE: FileFilter = { name: 'CSV', extensions: ['csv'] };
const TEXT_FILE: FileFilter = { name: 'Text', extensions: ['txt'] };

/** Letters of a message hash that a file name carries. */
const NAME_LETTERS = 12;

export type JournalExports = ReturnType<typeof createJournalExports>;

/** The journal as files for elsewhere. None of them holds a key: the journal has none. */
export function createJournalExports({ book, handed, dialogs, files, clock, sleep }: Deps) {
  /** Asks where first: nothing is read for somebody who says no. */
  async function save<T extends object>(
    { title, fileName, filter }: Target,
    make: () => Promise<T & { text: string }>,
  ) {
    const path = await dialogs.chooseTarget({ title, button: 'Save', fileName, filters: [filter] });
    if (path === undefined) return { kind: 'cancelled' } as const;
    const { text, ...facts } = await make();
    await files.write(path, text);
    return { kind: 'saved', fileName: path.split(/[\\/]/).at(-1) ?? '', ...facts } as const;
  }

  const today = () => new Date(clock.now()).toISOString().slice(0, 10);

  return {
    /** Every record of the journal, with its hash. @throws AppError `journal/unwritable`, `storage/unwritable` */
    saveJournal: () =>
      save({ title: 'Save the journal', fileName: `journal-${today()}.json`, filter: JSON_FILE }, async () => {
        const records = await book.readRecords();
        const lines = journalExportLines(records, new Date(clock.now()));
        const text = (await inTurns(lines, (line) => line, { clock, sleep })).join('');
        return { text, records: records.length };
      }),

    /** One line per movement of money of everything that landed. @throws AppError `storage/unwritable` */
    saveBooks: () =>
      save({ title: 'Save the books', fileName: `books-${today()}.csv`, filter: CSV_FILE }, async () => {
        const moneys = await inTurns(book.all(), readMoney, { clock, sleep });
        const known = knownTokens(moneys);
        const lines = await inTurns(moneys, (money) => booksLines(money, known), { clock, sleep });
        return {
          text: BOOKS_HEAD + lines.join(''),
          movements: moneys.reduce((sum, { movements }) => sum + movements.length, 0),
          open: book.inFlight().length,
        };
      }),

    /** A transaction in base64, with the signatures it has. @throws AppError `journal/…`, `storage/unwritable` */
    saveWire(id: string) {
      const { messageHash } = book.find(id).signed;
      const fileName = `transaction-${messageHash.slice(0, NAME_LETTERS)}.txt`;
      return save({ title: 'Save the transaction', fileName, filter: TEXT_FILE }, async () => ({
        text: `${await handed.exportText(id)}\n`,
      }));
    },
  };
}
