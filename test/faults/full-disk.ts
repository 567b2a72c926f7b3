import { execFileSync } from 'node:child_process';
import {
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
  closeSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { lockFolder, openFolder } from '#main/adapters/storage/data-folder.ts';
import { fileSystem } from '#main/adapters/storage/file-system.ts';
import { openStore } from '#main/adapters/storage/json-store.ts';
import { createTextFiles } from '#main/adapters/storage/text-files.ts';
import { createKeyfile } from '#signer/create-keyfile.ts';

/**
 * A program in a mount namespace of its own: does what the app does with its data folder on a disk of 64 KiB that is full, and
 * on one that became read-only, and prints what came of each as a line of JSON.
 */
const disk = process.argv[2] ?? '';
const filler = join(disk, 'filler');

type Ending = { readonly code: string; readonly isInWords: boolean };

async function endingOf(work: () => unknown): Promise<Ending> {
  try {
    await work();
    return { code: 'done', isInWords: true };
  } catch (cause) {
    if (!isAppError(cause))
      return { code: cause instanceof Error ? (cause.stack ?? cause.message) : '', isInWords: false };
    const { happened, remedy } = messageOf(cause.code, cause.params as never);
    return { code: cause.code, isInWords: happened !== '' && remedy !== '' };
  }
}

/** Until not a byte more fits. */
function fill(): void {
  const file = openSync(filler, 'w');
  try {
    for (let size = 4096; size >= 1;) {
      try {
        writeSync(file, new Uint8Array(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

const free = () => rmSync(filler);
const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, disk]);

const FAULTS = {
  ENOSPC: { begin: fill, end: free },
  EROFS: { begin: () => remount('ro'), end: () => remount('rw') },
} as const;

/** Something the app does with its folder: before the fault, under it, and once it is over. */
type Action = {
  readonly prepare: (folder: string) => Promise<unknown> | unknown;
  readonly act: (folder: string) => Promise<unknown> | unknown;
  /** Bytes of a file that must be the same under the fault. */
  readonly kept: string | undefined;
  /** What is found afterwards, in words; the same after every fault. */
  readonly after: (folder: string) => Promise<unknown> | unknown;
};

const FORMAT = {
  version: 1,
  defaults: { name: 'default' },
  parse: (document: unknown) => ({ name: nameIn(document) }),
};

function nameIn(document: unknown): string {
  if (typeof document !== 'object' || !document || !('name' in document)) throw new Error('no name');
  return String(document.name);
}

const settingsIn = (folder: string) => openStore(fileSystem, join(folder, 'settings.json'), FORMAT);
const journalIn = (folder: string) => openJournal(join(folder, 'journal.log'));

async function writeJournal(folder: string, numbers: readonly number[]): Promise<void> {
  const journal = await journalIn(folder);
  try {
    for (const n of numbers) await journal.append({ n, text: 'x'.repeat(6000) });
  } finally {
    await journal.close();
  }
}

async function numbersIn(folder: string): Promise<unknown> {
  const journal = await journalIn(folder);
  const numbers = journal.takePayloads().map((payload) => (payload as { n: number }).n);
  await journal.close();
  return { numbers, brokenAt: journal.brokenAt ?? 'nowhere' };
}

const ACTIONS: Readonly<Record<string, Action>> = {
  'a record': {
    prepare: (folder) => writeJournal(folder, [1]),
    act: (folder) => writeJournal(folder, [2]),
    kept: 'journal.log',
    async after(folder) {
      const before = await numbersIn(folder);
      await writeJournal(folder, [3]);
      return [before, await numbersIn(folder)];
    },
  },
  'the first record': {
    prepare: () => undefined,
    act: (folder) => writeJournal(folder, [1]),
    kept: undefined,
    async after(folder) {
      await writeJournal(folder, [3]);
      return numbersIn(folder);
    },
  },
  'a record after an unfinished one': {
    async prepare(folder) {
      await writeJournal(folder, [1, 2]);
      const whole = readFileSync(join(folder, 'journal.log'));
      writeFileSync(join(folder, 'journal.log'), whole.subarray(0, -100));
    },
    act: (folder) => writeJournal(folder, [3]),
    kept: 'journal.log',
    async after(folder) {
      await writeJournal(folder, [3]);
      return [await numbersIn(folder), existsSync(join(folder, 'journal.log.torn'))];
    },
  },
  'settings saved': {
    prepare: async (folder) => (await settingsIn(folder)).update(() => ({ name: 'old' })),
    act: async (folder) => (await settingsIn(folder)).update(() => ({ name: 'new'.repeat(2000) })),
    kept: 'settings.json',
    async after(folder) {
      const found = (await settingsIn(folder)).read().name;
      await (await settingsIn(folder)).update(() => ({ name: 'newer' }));
      return [found, (await settingsIn(folder)).read().name];
    },
  },
  'damaged settings': {
    prepare(folder) {
      writeFileSync(join(folder, 'settings.json'), '{"version":1,"na');
      writeFileSync(join(folder, 'settings.json.bak'), '{"version":1,"name":"old"}');
    },
    act: async (folder) => (await settingsIn(folder)).update(() => ({ name: 'new'.repeat(2000) })),
    kept: undefined,
    async after(folder) {
      const store = await settingsIn(folder);
      const found = store.read().name;
      await store.update(() => ({ name: 'newer' }));
      return [found, (await settingsIn(folder)).read().name];
    },
  },
  'the folder taken': {
    prepare: () => undefined,
    act: (folder) => lockFolder(fileSystem, folder),
    kept: undefined,
    async after(folder) {
      // A lock that could be made and not written is this process's own mishap; it blocks for ten seconds at most.
      rmSync(join(folder, 'instance.lock'), { force: true });
      (await lockFolder(fileSystem, folder))();
      return existsSync(join(folder, 'instance.lock'));
    },
  },
  'a folder made': {
    prepare: () => undefined,
    act: (folder) => openFolder(fileSystem, join(folder, 'a/b')),
    kept: undefined,
    after: async (folder) => statSync(await openFolder(fileSystem, join(folder, 'a/b'))).mode & 0o777,
  },
  'a file of the operator': {
    prepare: (folder) => writeFileSync(join(folder, 'config.toml'), 'old'),
    act: (folder) => createTextFiles(fileSystem).write(join(folder, 'config.toml'), 'new'.repeat(2000)),
    kept: 'config.toml',
    after: (folder) => readFileSync(join(folder, 'config.toml'), 'utf8').slice(0, 3),
  },
  'a new key': {
    prepare: () => undefined,
    act: (folder) => createKeyfile(folder, 'key.json'),
    kept: undefined,
    after(folder) {
      const left = existsSync(join(folder, 'key.json'));
      if (!left) createKeyfile(folder, 'key.json');
      return [left ? 'half a key' : 'nothing left', statSync(join(folder, 'key.json')).mode & 0o777];
    },
  },
};

for (const [fault, { begin, end }] of Object.entries(FAULTS)) {
  for (const [name, { prepare, act, kept, after }] of Object.entries(ACTIONS)) {
    const folder = join(disk, `${fault} ${name}`);
    mkdirSync(folder);
    await prepare(folder);
    const bytesOf = () => (kept === undefined ? '' : readFileSync(join(folder, kept), 'base64'));
    const before = bytesOf();
    begin();
    const ending = await endingOf(() => act(folder));
    const isKept = bytesOf() === before;
    end();
    const found = await endingOf(async () => {
      process.stdout.write(`${JSON.stringify({ fault, name, ending, isKept, after: await after(folder) })}\n`);
    });
    if (found.code !== 'done')
      process.stdout.write(`${JSON.stringify({ fault, name, ending, isKept, after: found })}\n`);
    rmSync(folder, { recursive: true });
  }
}
