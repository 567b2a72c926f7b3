import { basename } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { backupOf, writeAtomically } from './atomic-file.ts';
import { errorCodeOf, type FileSystem } from './file-system.ts';

/** What a stored document is: how to read one of any older version, and what it is when there is none. */
export type Format<T extends object> = {
  /** The version written now. */
  readonly version: number;
  readonly defaults: T;
  /** A document of this or an older version → value; throws when it is damaged. */
  parse(document: unknown, version: number): T;
};

/** A value in memory whose changes last. */
export type Store<T extends object> = {
  read(): T;
  /**
   * Changes the value and writes it. In memory it changes only once it is on disk. What could not be read again at the next
   * start is not written.
   *
   * @throws AppError `storage/unwritable`, `storage/unfit`
   */
  update(change: (value: T) => T): Promise<void>;
  /** What happened while loading that the operator must know. Empty: nothing. */
  readonly notices: readonly string[];
};

/**
 * Opens a stored document: the file, else its `.bak`, else the defaults. A damaged file is kept aside and announced. One that
 * the system does not let us read may be whole: it stays as it is.
 *
 * @throws AppError `storage/newer`, `storage/unreadable`, `storage/unwritable` when a damaged file cannot be kept aside
 */
export async function openStore<T extends object>(fs: FileSystem, path: string, format: Format<T>): Promise<Store<T>> {
  const notices: string[] = [];
  let value: T = await load(fs, path, format, notices);
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: () => value,
    notices,
    update(change) {
      const write = async () => {
        const next = change(value);
        const text = `${JSON.stringify({ version: format.version, ...next }, null, 2)}\n`;
        checkReadable(text, basename(path), format);
        await writeAtomically(fs, path, text);
        value = next;
      };
      const done = last.then(write, write);
      last = done.catch(() => undefined);
      return done;
    },
  };
}

async function load<T extends object>(fs: FileSystem, path: string, format: Format<T>, notices: string[]): Promise<T> {
  const primary = await loadFile(fs, path, format);
  if (primary.kind === 'ok') return primary.value;
  if (primary.kind === 'damaged') {
    const keptAs = await keepAside(fs, path);
    notices.push(`${basename(path)} was damaged and is kept as ${keptAs}.`);
  }
  const backup = await loadFile(fs, backupOf(path), format);
  if (backup.kind === 'ok') {
    notices.push(`The version of ${basename(path)} before the last change is used.`);
    return backup.value;
  }
  if (primary.kind === 'damaged') notices.push(`${basename(path)} starts anew with its defaults.`);
  return format.defaults;
}

type Loaded<T extends object> = { kind: 'ok'; value: T } | { kind: 'absent' } | { kind: 'damaged' };

async function loadFile<T extends object>(fs: FileSystem, path: string, format: Format<T>): Promise<Loaded<T>> {
  let text: string;
  try {
    text = await fs.readFile(path, 'utf8');
  } catch (cause) {
    if (errorCodeOf(cause) === 'ENOENT') return { kind: 'absent' };
    throw new AppError('storage/unreadable', { fileName: basename(path) }, { cause });
  }
  try {
    return { kind: 'ok', value: parse(text, basename(path), format) };
  } catch (cause) {
    if (isAppError(cause) && cause.code === 'storage/newer') throw cause;
    return { kind: 'damaged' };
  }
}

function parse<T extends object>(text: string, fileName: string, format: Format<T>): T {
  const document: unknown = JSON.parse(text, refuseForeignKeys);
  if (typeof document !== 'object' || document === null || !('version' in document)) throw new Error('no version');
  const { version, ...rest } = document;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw new Error('no usable version');
  if (version > format.version) throw new AppError('storage/newer', { fileName, version });
  return format.parse(rest, version);
}

function checkReadable<T extends object>(text: string, fileName: string, format: Format<T>): void {
  try {
    parse(text, fileName, format);
  } catch (cause) {
    throw new AppError('storage/unfit', { fileName }, { cause });
  }
}

function refuseForeignKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype')
    throw new Error('a key that is never written');
  return value;
}

/** A name beside it that is not taken, so that no damaged file replaces an earlier one. */
async function keepAside(fs: FileSystem, path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const kept = `${path}.damaged-${number}`;
    try {
      const claim = await fs.open(kept, 'wx', 0o600);
      await claim.close();
      await fs.rename(path, kept);
      return basename(kept);
    } catch (cause) {
      if (errorCodeOf(cause) === 'EEXIST') continue;
      // Left in its place it would become the version before the next change, and a good one would be lost for it.
      throw new AppError('storage/unwritable', { fileName: basename(path) }, { cause });
    }
  }
}
