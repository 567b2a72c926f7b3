import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  promises,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeRecord, FIRST_HASH } from '#core/journal/record-chain.ts';
import { onWindows } from '#test/on-windows.ts';
import { type JournalFiles, openJournal } from './open-journal.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function write(...payloads: unknown[]): Promise<void> {
  const journal = await openJournal(path);
  for (const payload of payloads) await journal.append(payload);
  await journal.close();
}

async function read(): Promise<readonly unknown[]> {
  return (await openJournal(path)).takePayloads();
}

describe('the journal file', () => {
  test('holds every record after a restart, in order, closed to others', async () => {
    await write({ n: 1 }, { n: 2 });
    await write({ n: 3 });
    expect(await read()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('takes records asked for at the same time one after the other', async () => {
    const journal = await openJournal(path);
    await Promise.all(Array.from({ length: 20 }, (_, n) => journal.append({ n })));
    await journal.close();
    expect(await read()).toEqual(Array.from({ length: 20 }, (_, n) => ({ n })));
  });

  test('keeps nothing of what was taken from it', async () => {
    await write({ n: 1 });
    const journal = await openJournal(path);
    expect(journal.takePayloads()).toEqual([{ n: 1 }]);
    expect(journal.takePayloads()).toEqual([]);
  });

  test('reads back what is on the disk, with the hashes that chain it, while it goes on writing', async () => {
    await write({ n: 1 });
    const journal = await openJournal(path);
    const appended = journal.append({ n: 2 });
    const records = await journal.readRecords();
    await appended;
    expect(records.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }]);
    const [first, second] = records;
    expect(encodeRecord(FIRST_HASH, { n: 1 }).hash).toBe(first?.hash);
    expect(encodeRecord(first?.hash ?? '', { n: 2 }).hash).toBe(second?.hash);
    await journal.close();
  });

  test('is made by the first record, not by looking', async () => {
    await read();
    expect(existsSync(path)).toBe(false);
  });

  test('goes on after a record that was never finished, and keeps a copy of it', async () => {
    await write({ n: 1 }, { n: 2 });
    truncateSync(path, statSync(path).size - 5);
    const torn = readFileSync(path);
    const journal = await openJournal(path);
    expect(journal.takePayloads()).toEqual([{ n: 1 }]);
    expect(journal.notices).toHaveLength(1);
    expect(readFileSync(`${path}.torn`)).toEqual(torn);
    await journal.append({ n: 3 });
    await journal.close();
    expect(await read()).toEqual([{ n: 1 }, { n: 3 }]);
  });

  test('takes nothing more once it was changed from outside, and is left as it is', async () => {
    await write({ n: 1 }, { n: 2 }, { n: 3 });
    const changed = readFileSync(path, 'latin1').replace('{"n":2}', '{"n":7}');
    writeFileSync(path, changed, 'latin1');
    const journal = await openJournal(path);
    expect(journal.brokenAt).toBe(2);
    expect(journal.takePayloads()).toEqual([{ n: 1 }]);
    await expect(journal.append({ n: 4 })).rejects.toMatchObject({ code: 'journal/broken', params: { record: 2 } });
    expect(readFileSync(path, 'latin1')).toBe(changed);
  });

  test('puts what a killed program may have left in memory on the disk before anybody relies on it', async () => {
    await write({ n: 1 });
    const synced: string[] = [];
    await openJournal(path, watching(synced));
    expect(synced).toEqual([path, folder]);
  });

  test('makes its name last, also when that failed at the first try', async () => {
    const synced: string[] = [];
    let isBroken = true;
    const files = watching(synced, (name) => {
      if (isBroken && name === folder) throw Object.assign(new Error('broken'), { code: 'EIO' });
    });
    const journal = await openJournal(path, files);
    await expect(journal.append({ n: 1 })).rejects.toMatchObject({ code: 'journal/unwritable' });
    expect(synced).toEqual([]);
    isBroken = false;
    await journal.append({ n: 1 });
    expect(synced).toEqual([folder, path]);
    await journal.close();
  });

  test('shows what it holds though an unfinished record cannot be copied, and cuts it off only once it was', async () => {
    await write({ n: 1 }, { n: 2 });
    truncateSync(path, statSync(path).size - 5);
    const torn = readFileSync(path);
    const disk = { isFull: true };
    const writeFile: JournalFiles['writeFile'] = async (...args) => {
      if (disk.isFull) throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
      await promises.writeFile(...args);
    };
    const journal = await openJournal(path, { ...promises, writeFile });
    expect(journal.takePayloads()).toEqual([{ n: 1 }]);
    expect(journal.notices).toEqual([expect.stringContaining('could not be copied')]);
    await expect(journal.append({ n: 3 })).rejects.toMatchObject({ code: 'journal/unwritable' });
    expect(readFileSync(path)).toEqual(torn);
    disk.isFull = false;
    await journal.append({ n: 3 });
    await journal.close();
    expect(readFileSync(`${path}.torn`)).toEqual(torn);
    expect(await read()).toEqual([{ n: 1 }, { n: 3 }]);
  });

  test('reads many records back, with pauses in between, all of them and in order', async () => {
    await write(...Array.from({ length: 401 }, (_, n) => ({ n })));
    const journal = await openJournal(path);
    const records = await journal.readRecords();
    expect(records.map(({ payload }) => payload)).toEqual(Array.from({ length: 401 }, (_, n) => ({ n })));
    await journal.close();
  });

  test('is refused where it cannot be read: an empty one must not take its place', async () => {
    mkdirSync(path);
    await expect(openJournal(path)).rejects.toMatchObject({ code: 'journal/unwritable' });
  });

  test('is synced on Windows through a handle that may write, and no folder is opened there', async () => {
    await write({ n: 1 });
    const opened: string[] = [];
    const open: JournalFiles['open'] = (name, flags, mode) => {
      opened.push(`${flags} ${String(name)}`);
      return promises.open(name, flags, mode);
    };
    await onWindows(async () => {
      const journal = await openJournal(path, { ...promises, open });
      await journal.append({ n: 2 });
      await journal.close();
    });
    expect(opened).toEqual([`r+ ${path}`, `r+ ${path}`]);
    expect(await read()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test.each(['open', 'write', 'sync', 'short'] as const)(
    'refuses a record when %s fails, shows none of it later, and takes the next one',
    async (operation) => {
      await write({ n: 1 });
      const disk = failingDisk(operation);
      const journal = await openJournal(path, disk.files);
      disk.isFull = true;
      await expect(journal.append({ n: 2 })).rejects.toMatchObject({ code: 'journal/unwritable' });
      expect(await read()).toEqual([{ n: 1 }]);
      disk.isFull = false;
      await journal.append({ n: 3 });
      await journal.close();
      expect(await read()).toEqual([{ n: 1 }, { n: 3 }]);
    },
  );
});

/** The real file system that tells what was synced. */
function watching(synced: string[], beforeOpen: (name: string) => void = () => undefined): JournalFiles {
  const open = async (...args: Parameters<JournalFiles['open']>) => {
    beforeOpen(String(args[0]));
    const file = await promises.open(...args);
    const sync = file.sync.bind(file);
    return Object.assign(file, {
      async sync() {
        await sync();
        synced.push(String(args[0]));
      },
    });
  };
  return { ...promises, open } as JournalFiles;
}

/** The real file system with a disk that can be full. `short`: half of the bytes still fit. */
function failingDisk(operation: 'open' | 'write' | 'sync' | 'short') {
  const disk = { isFull: false, files: promises as JournalFiles };
  const full = () => Object.assign(new Error('disk full'), { code: 'ENOSPC' });
  const open = async (...args: Parameters<JournalFiles['open']>) => {
    if (disk.isFull && operation === 'open') throw full();
    const file = await promises.open(...args);
    type Write = (bytes: Uint8Array, start: number, length: number, position: number) => Promise<object>;
    const write = file.write.bind(file) as Write;
    const sync = file.sync.bind(file);
    Object.assign(file, {
      async write(bytes: Uint8Array, start: number, length: number, position: number) {
        if (!disk.isFull || operation === 'sync') return write(bytes, start, length, position);
        if (operation === 'short' && length > 10) return write(bytes, start, 10, position);
        if (operation === 'short') return { bytesWritten: 0, buffer: bytes };
        throw full();
      },
      async sync() {
        if (disk.isFull && operation === 'sync') throw full();
        await sync();
      },
    });
    return file;
  };
  disk.files = { ...promises, open } as JournalFiles;
  return disk;
}
