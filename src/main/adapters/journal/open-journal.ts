import { dirname } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { type ChainRecord, encodeRecord, FIRST_HASH, intactRecords, readRecords } from '#core/journal/record-chain.ts';
import type { FileHandle } from 'node:fs/promises';
import { promises } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Records read in one go; a long journal lets other work pass in between. */
const RECORDS_AT_ONCE = 200;

/** The part of the file system the journal uses: tests replace it to make each call fail. */
export type JournalFiles = Pick<typeof promises, 'open' | 'readFile' | 'writeFile'>;

/** An append-only file of chained records. */
export type JournalFile = {
  /** Everything the file held when it was opened, once: whoever takes it keeps what it needs of it. */
  takePayloads(): readonly unknown[];
  /** Number of the first record that was changed from outside: nothing can be appended then. */
  readonly brokenAt: number | undefined;
  readonly notices: readonly string[];
  /**
   * Writes one record and waits until the disk has it.
   *
   * @throws AppError `journal/unwritable`, `journal/broken`
   */
  append(payload: unknown): Promise<void>;
  /** The intact records as they are on the disk now, with their hashes. @throws AppError `journal/unwritable` */
  readRecords(): Promise<readonly Pick<ChainRecord, 'payload' | 'hash'>[]>;
  close(): Promise<void>;
};

/**
 * Opens the journal. An unfinished last record is cut off, after a copy was made; a file changed from outside is only
 * read, up to the change.
 */
export async function openJournal(path: string, fs: JournalFiles = promises): Promise<JournalFile> {
  const content = await readOrEmpty(path, fs);
  const reading = readRecords(content);
  const payloads = [...reading.payloads];
  const brokenAt = reading.end === 'broken' ? payloads.length + 1 : undefined;
  const notices: string[] = [];
  let end = reading.intactBytes;
  let lastHash = payloads.length === 0 ? FIRST_HASH : reading.lastHash;
  let file: FileHandle | undefined;
  // Whatever stands after the intact records is removed before the next one is written.
  let hasRest = reading.end === 'torn';

  if (reading.end === 'torn') notices.push(await keepTornTail(path, content, fs));
  if (brokenAt !== undefined) {
    notices.push(`The journal was changed from outside at record ${brokenAt}. Nothing is signed until it is restored.`);
  }

  async function write(payload: unknown): Promise<void> {
    if (brokenAt !== undefined) throw new AppError('journal/broken', { record: brokenAt });
    const record = encodeRecord(lastHash, payload);
    try {
      file ??= await openForWriting(path, fs);
      if (hasRest) await file.truncate(end);
      hasRest = true;
      await writeFully(file, record.bytes, end);
      await file.sync();
    } catch (cause) {
      // A record that may or may not be on the disk must not come back at the next start as if it had been written.
      await file?.truncate(end).catch(() => undefined);
      throw new AppError('journal/unwritable', {}, { cause });
    }
    end += record.bytes.length;
    lastHash = record.hash;
    hasRest = false;
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    takePayloads: () => payloads.splice(0),
    brokenAt,
    notices,
    append(payload) {
      const done = last.then(() => write(payload));
      last = done.catch(() => undefined);
      return done;
    },
    async readRecords() {
      // What is being written is waited for: half a record is none.
      await last;
      const records: Pick<ChainRecord, 'payload' | 'hash'>[] = [];
      for (const { payload, hash } of intactRecords(await readOrEmpty(path, fs))) {
        records.push({ payload, hash });
        if (records.length % RECORDS_AT_ONCE === 0) await setImmediate();
      }
      return records;
    },
    async close() {
      await last;
      await file?.close();
    },
  };
}

async function readOrEmpty(path: string, fs: JournalFiles): Promise<Uint8Array> {
  try {
    return await fs.readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return new Uint8Array(0);
    throw new AppError('journal/unwritable', {}, { cause });
  }
}

async function keepTornTail(path: string, content: Uint8Array, fs: JournalFiles): Promise<string> {
  await fs.writeFile(`${path}.torn`, content, { mode: 0o600 });
  return 'The last entry of the journal was never finished and is left out. A copy of the file is kept as journal.log.torn.';
}

/** A new file's name is made to last as well. */
async function openForWriting(path: string, fs: JournalFiles): Promise<FileHandle> {
  try {
    return await fs.open(path, 'r+');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
  const file = await fs.open(path, 'wx+', 0o600);
  if (process.platform !== 'win32') {
    const folder = await fs.open(dirname(path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
  return file;
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    if (bytesWritten === 0) throw new Error('the disk took no more bytes');
    written += bytesWritten;
  }
}
