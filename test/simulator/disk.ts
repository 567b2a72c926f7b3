import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JournalFiles } from '#main/adapters/journal/open-journal.ts';
import type { FileSystem } from '#main/adapters/storage/file-system.ts';
import type { Random } from './random.ts';

/** Bytes that a disk writes all or not at all. */
const SECTOR_BYTES = 512;

type Write = { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array };
type Change = Write | { readonly kind: 'truncate'; readonly size: number };

/** `live`: what programs read. `durable`: what a power cut leaves for sure. `pending`: what lies between, in order. */
type File = { live: Uint8Array; durable: Uint8Array; pending: Change[]; changedAt: number };

/** Names of one folder that change together; without a file the name is taken away. */
type NameChange = readonly (readonly [path: string, file: File | undefined])[];

/** One call of a program: a fault throws here, a kill never comes back. */
export type DiskCall = { readonly name: DiskCallName; readonly path: string };

export type DiskCallName =
  | 'open'
  | 'write'
  | 'writeFile'
  | 'sync'
  | 'truncate'
  | 'close'
  | 'read'
  | 'readFile'
  | 'rename'
  | 'copyFile'
  | 'rm'
  | 'mkdir'
  | 'chmod'
  | 'readdir'
  | 'stat';

/** Runs the work of a call, or fails instead of it; see `createDisk`. */
export type Around = <T>(call: DiskCall, work: () => T) => Promise<T>;

export type Disk = ReturnType<typeof createDisk>;

/**
 * A disk that forgets as real ones may: until a file is synced, each of its writes may be lost, cut or come before an earlier
 * one; until a folder is synced, so may each of its names. A rename is whole or not there.
 */
export function createDisk(now: () => number = () => 0) {
  /** Names as programs see them, and as a power cut leaves them. */
  let live = new Map<string, File>();
  let durable = new Map<string, File>();
  let pendingNames: NameChange[] = [];

  function rename(names: NameChange): void {
    setNames(live, names);
    pendingNames.push(names);
  }

  function find(path: string): File {
    const file = live.get(path);
    if (!file) throw fault('ENOENT');
    return file;
  }

  function create(path: string): File {
    const file: File = { live: new Uint8Array(), durable: new Uint8Array(), pending: [], changedAt: now() };
    rename([[path, file]]);
    return file;
  }

  function change(file: File, next: Change): void {
    file.live = applied(file.live, next);
    file.pending.push(next);
    file.changedAt = now();
  }

  function replaceContent(path: string, content: Uint8Array): void {
    const file = live.get(path) ?? create(path);
    change(file, { kind: 'truncate', size: 0 });
    change(file, { kind: 'write', at: 0, bytes: content });
  }

  function syncFile(file: File): void {
    file.durable = file.live;
    file.pending = [];
  }

  function syncFolder(folder: string): void {
    const isHere = ([first]: NameChange) => first !== undefined && dirname(first[0]) === folder;
    for (const names of pendingNames.filter(isHere)) setNames(durable, names);
    pendingNames = pendingNames.filter((each) => !isHere(each));
  }

  /**
   * The file system of one program, every call of which goes through `around`.
   *
   * @param isShort - whether the disk takes only half of what is written now
   */
  function mount(around: Around, isShort: () => boolean = () => false): FileSystem & JournalFiles {
    const handleOf = (path: string, file: File | undefined): FileHandle => {
      const handle = {
        write: (bytes: Uint8Array, start: number, length: number, position: number) =>
          around({ name: 'write', path }, () => {
            const bytesWritten = isShort() ? Math.floor(length / 2) : length;
            const part = Uint8Array.from(bytes.subarray(start, start + bytesWritten));
            if (bytesWritten > 0) change(existing(file), { kind: 'write', at: position, bytes: part });
            return { bytesWritten, buffer: bytes };
          }),
        writeFile: (content: string | Uint8Array) =>
          around({ name: 'writeFile', path }, () =>
            change(existing(file), { kind: 'write', at: existing(file).live.length, bytes: bytesOf(content) }),
          ),
        read: (buffer: Uint8Array, start: number, length: number, position: number) =>
          around({ name: 'read', path }, () => {
            const part = existing(file).live.subarray(position, position + length);
            buffer.set(part, start);
            return { bytesRead: part.length, buffer };
          }),
        stat: () =>
          around({ name: 'stat', path }, () => ({
            size: existing(file).live.length,
            isFile: () => file !== undefined,
          })),
        truncate: (size: number) =>
          around({ name: 'truncate', path }, () => change(existing(file), { kind: 'truncate', size })),
        sync: () => around({ name: 'sync', path }, () => (file ? syncFile(file) : syncFolder(path))),
        close: () => around({ name: 'close', path }, () => undefined),
      };
      return handle as unknown as FileHandle;
    };

    const files = {
      open: (path: string, flags: string | number) =>
        around({ name: 'open', path }, () => {
          if (isFolder(path)) return handleOf(path, undefined);
          const isNew = typeof flags === 'string' && flags.startsWith('wx');
          if (isNew && live.has(path)) throw fault('EEXIST');
          return handleOf(path, isNew ? create(path) : find(path));
        }),
      readFile: (path: string, encoding?: string) =>
        around({ name: 'readFile', path }, () => {
          const content = Uint8Array.from(find(path).live);
          return encoding === undefined ? content : Buffer.from(content).toString('utf8');
        }),
      writeFile: (path: string, content: string | Uint8Array) =>
        around({ name: 'writeFile', path }, () => replaceContent(path, bytesOf(content))),
      rename: (from: string, to: string) =>
        around({ name: 'rename', path: from }, () => {
          rename([
            [to, find(from)],
            [from, undefined],
          ]);
        }),
      copyFile: (from: string, to: string) =>
        around({ name: 'copyFile', path: from }, () => replaceContent(to, find(from).live)),
      rm: (path: string, options?: { force?: boolean }) =>
        around({ name: 'rm', path }, () => {
          if (live.has(path)) rename([[path, undefined]]);
          else if (!options?.force) throw fault('ENOENT');
        }),
      mkdir: (path: string) => around({ name: 'mkdir', path }, () => undefined),
      chmod: (path: string) => around({ name: 'chmod', path }, () => undefined),
      readdir: (path: string) =>
        around({ name: 'readdir', path }, () =>
          [...live.keys()].filter((name) => dirname(name) === path).map((name) => name.slice(path.length + 1)),
        ),
      stat: (path: string) => around({ name: 'stat', path }, () => ({ mtimeMs: find(path).changedAt })),
    };
    return files as unknown as FileSystem & JournalFiles;
  }

  function isFolder(path: string): boolean {
    return [...live.keys()].some((name) => name.startsWith(`${path}/`)) || FOLDERS.has(path);
  }

  return {
    mount,

    /** Puts a file there that lasts. */
    put(path: string, content: string | Uint8Array): void {
      const bytes = bytesOf(content);
      const file: File = { live: bytes, durable: bytes, pending: [], changedAt: now() };
      live.set(path, file);
      durable.set(path, file);
    },

    /** What a program would read, and what a power cut right now leaves for sure. `undefined`: no such file. */
    read: (path: string) => live.get(path)?.live,
    durable: (path: string) => durable.get(path)?.durable,
    names: () => [...live.keys()].toSorted(),
    remove: (path: string) => {
      live.delete(path);
      durable.delete(path);
    },

    /** A power cut: of everything not synced something is left, by chance. */
    cutPower(random: Random, count: (what: LostWrite) => void = () => undefined): void {
      const survivors = random.chance(0.5) ? pendingNames : random.some(pendingNames, 0.5);
      if (survivors.length < pendingNames.length) count('a name lost');
      for (const names of survivors) setNames(durable, names);
      pendingNames = [];
      const files = new Set([...durable.values()]);
      for (const file of files) {
        file.durable = remains(file, random, count);
        file.live = file.durable;
        file.pending = [];
      }
      live = new Map(durable);
      durable = new Map(live);
    },
  };
}

function setNames(all: Map<string, File>, names: NameChange): void {
  for (const [path, file] of names) {
    if (file) all.set(path, file);
    else all.delete(path);
  }
}

/** Folders that are there from the beginning. */
const FOLDERS = new Set(['/data', '/data/fresh-accounts']);

/** What a power cut may do to what was not synced. */
export type LostWrite = 'a write dropped' | 'a write torn' | 'writes reordered' | 'a name lost';

function remains({ durable, pending }: File, random: Random, count: (what: LostWrite) => void): Uint8Array {
  const isReordered = pending.length > 1 && random.chance(0.4);
  if (isReordered) count('writes reordered');
  const order = isReordered ? random.shuffled(pending) : pending;
  let content = durable;
  for (const change of order) {
    const fate = random.int(3);
    if (fate === 0) count('a write dropped');
    else if (fate === 1 || change.kind === 'truncate') content = applied(content, change);
    else {
      count('a write torn');
      for (const part of torn(change, random)) content = applied(content, part);
    }
  }
  return content;
}

/** What is left of a write: its beginning up to any byte, or some of its sectors, with or without the length it would have had. */
function torn({ at, bytes }: Write, random: Random): Change[] {
  if (random.chance(0.5)) return [{ kind: 'write', at, bytes: bytes.subarray(0, random.int(bytes.length + 1)) }];
  const parts: Write[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(bytes.length, start + SECTOR_BYTES - ((at + start) % SECTOR_BYTES));
    parts.push({ kind: 'write', at: at + start, bytes: bytes.subarray(start, end) });
    start = end;
  }
  return random.some(parts, 0.5);
}

/** A write past the end leaves zeros between; so does a longer length. */
function applied(content: Uint8Array, change: Change): Uint8Array {
  if (change.kind === 'truncate') {
    const next = new Uint8Array(change.size);
    next.set(content.subarray(0, change.size));
    return next;
  }
  const next = new Uint8Array(Math.max(content.length, change.at + change.bytes.length));
  next.set(content);
  next.set(change.bytes, change.at);
  return next;
}

function existing(file: File | undefined): File {
  if (!file) throw fault('EISDIR');
  return file;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
}

/** An error as the file system of Node throws it. */
export function fault(code: string): Error {
  return Object.assign(new Error(`simulated ${code}`), { code });
}
