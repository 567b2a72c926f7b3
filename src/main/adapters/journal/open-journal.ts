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
 *
 * @throws AppError `journal/unwritable`
 */
export async function openJournal(path: string, fs: JournalFiles = promises): Promise<JournalFile> {
  const content = await readOrEmpty(path, fs);
  if (content.length > 0) await makeLast(path, fs);
  const reading = readRecords(content);
  const payloads = [...reading.payloads];
  const brokenAt = reading.end === 'broken' ? payloads.length + 1 : undefined;
  let end = reading.intactBytes;
  let lastHash = payloads.length === 0 ? FIRST_HASH : reading.lastHash;
  let file: FileHandle | undefined;
  // Whatever stands after the intact records is removed before the next one is written, and not before there is a copy.
  let hasRest = reading.end === 'torn';
  let isCopyMissing = hasRest && !(await triedToCopy(path, content, fs));
  const notices = noticesOf(brokenAt, hasRest, isCopyMissing);

  async function removeRest(): Promise<void> {
    await file?.truncate(end);
    // On the disk before anything is written over it: after a power cut new bytes must not stand before old ones.
    await file?.sync();
  }

  async function write(payload: unknown): Promise<void> {
    if (brokenAt !== undefined) throw new AppError('journal/broken', { record: brokenAt });
    const record = encodeRecord(lastHash, payload);
    try {
      if (isCopyMissing) await copyTorn(path, content, fs);
      isCopyMissing = false;
      file ??= await openForWriting(path, fs);
      if (hasRest) await removeRest();
      hasRest = true;
      await writeFully(file, record.bytes, end);
      await file.sync();
    } catch (cause) {
      // A record that may or may not be on the disk must not come back at the next start as if it had been written.
      await removeRest().catch(() => undefined);
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
      // Every record is on the disk already: nothing is lost with the handle.
      await file?.close().catch(() => undefined);
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

/** What a killed program wrote may be in memory only, and what is read here is sent as if it were on the disk. */
async function makeLast(path: string, fs: JournalFiles): Promise<void> {
  try {
    // Windows syncs only what it may write to.
    const file = await fs.open(path, process.platform === 'win32' ? 'r+' : 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path), fs);
  } catch (cause) {
    throw new AppError('journal/unwritable', {}, { cause });
  }
}

const TORN = 'The last entry of the journal was never finished and is left out.';
const TORN_AND_COPIED = `${TORN} A copy of the file is kept as journal.log.torn.`;
const TORN_NOT_COPIED = `${TORN} It could not be copied yet: nothing is signed until it is kept as journal.log.torn.`;

function noticesOf(brokenAt: number | undefined, isTorn: boolean, isCopyMissing: boolean): string[] {
  if (isTorn) return [isCopyMissing ? TORN_NOT_COPIED : TORN_AND_COPIED];
  if (brokenAt === undefined) return [];
  return [`The journal was changed from outside at record ${brokenAt}. Nothing is signed until it is restored.`];
}

async function triedToCopy(path: string, content: Uint8Array, fs: JournalFiles): Promise<boolean> {
  try {
    await copyTorn(path, content, fs);
    return true;
  } catch {
    // A full disk must not keep anybody from seeing what the journal holds: it is tried again before the rest is cut off.
    return false;
  }
}

async function copyTorn(path: string, content: Uint8Array, fs: JournalFiles): Promise<void> {
  await fs.writeFile(`${path}.torn`, content, { mode: 0o600 });
}

/** With a name that lasts: whoever made the file may have died before the folder was on the disk. */
async function openForWriting(path: string, fs: JournalFiles): Promise<FileHandle> {
  const file = await openOrCreate(path, fs);
  try {
    await syncFolder(dirname(path), fs);
    return file;
  } catch (cause) {
    await file.close();
    throw cause;
  }
}

async function openOrCreate(path: string, fs: JournalFiles): Promise<FileHandle> {
  try {
    return await fs.open(path, 'r+');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
  return fs.open(path, 'wx+', 0o600);
}

/** Windows has no such call and needs none. */
async function syncFolder(path: string, fs: JournalFiles): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    if (bytesWritten === 0) throw new Error('the disk took no more bytes');
    written += bytesWritten;
  }
}
