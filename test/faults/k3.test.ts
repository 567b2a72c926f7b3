import { afterAll, describe, expect, test } from 'vitest';
import { isAppError, messageOf } from '#core/errors/app-error.ts';
import { encodeRecord, FIRST_HASH } from '#core/journal/record-chain.ts';
import { openJournal } from '#main/adapters/journal/open-journal.ts';
import { lockFolder, openFolder } from '#main/adapters/storage/data-folder.ts';
import { openStore } from '#main/adapters/storage/json-store.ts';
import { createTextFiles } from '#main/adapters/storage/text-files.ts';
import { createDisk, type Disk, fault } from '#test/simulator/disk.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import type { Fault, WorldOptions } from '#test/simulator/world.ts';

const CODES = ['EIO', 'ENOSPC', 'EROFS', 'EACCES', 'EMFILE'] as const;
const counts = createFaultCounts<Fault>('K3', [...CODES]);
let runs = 0;
afterAll(() => {
  counts.print();
  console.info(`K3: ${runs} runs`);
});

type Files = ReturnType<Disk['mount']>;
const FORMAT = { version: 1, defaults: { name: 'default' }, parse: (document: unknown) => readName(document) };
const STORE = '/data/settings.json';
const JOURNAL = '/data/journal.log';

function readName(document: unknown): { name: string } {
  if (typeof document === 'object' && document && 'name' in document && typeof document.name === 'string')
    return { name: document.name };
  throw new Error('no name');
}

const saveAgain = async (fs: Files) => (await openStore(fs, STORE, FORMAT)).update(() => ({ name: 'newest' }));
const appendAgain = async (fs: Files) => (await openJournal(JOURNAL, fs)).append({ n: 9 });

/** Something that takes several calls to the disk, on a disk that holds something already. */
type Action = {
  readonly prepare: (disk: Disk) => void;
  readonly act: (fs: Files) => Promise<unknown>;
  /** The like, once the disk works again and whatever was left. */
  readonly again: (fs: Files) => Promise<unknown>;
  /** What is there afterwards, read on a disk that works again; throws when it is neither old nor new. */
  readonly check: (fs: Files) => Promise<unknown>;
};

const old = encodeRecord(FIRST_HASH, { n: 1 });
const torn = encodeRecord(old.hash, { n: 2 }).bytes.subarray(0, 40);

const ACTIONS: Readonly<Record<string, Action>> = {
  'settings being saved twice': {
    prepare: (disk) => disk.put(STORE, '{"version":1,"name":"old"}'),
    async act(fs) {
      const store = await openStore(fs, STORE, FORMAT);
      await store.update(() => ({ name: 'newer' }));
      await store.update(() => ({ name: 'newest' }));
    },
    again: saveAgain,
    check: async (fs) => expect(['old', 'newer', 'newest']).toContain((await openStore(fs, STORE, FORMAT)).read().name),
  },
  'damaged settings being put aside and saved anew': {
    prepare(disk) {
      disk.put(STORE, '{"version":1,"na');
      disk.put(`${STORE}.bak`, '{"version":1,"name":"old"}');
    },
    async act(fs) {
      const store = await openStore(fs, STORE, FORMAT);
      expect(store.read().name).toBe('old');
      expect(store.notices.length).toBeGreaterThan(0);
      await store.update(() => ({ name: 'newer' }));
    },
    again: saveAgain,
    async check(fs) {
      expect(['old', 'newer']).toContain((await openStore(fs, STORE, FORMAT)).read().name);
      const names = (await fs.readdir('/data')).filter((name) => name.includes('damaged'));
      const kept = await Promise.all(names.map((name) => fs.readFile(`/data/${name}`, 'utf8')));
      expect(kept).toContain('{"version":1,"na');
    },
  },
  'records being written': {
    prepare: (disk) => disk.put(JOURNAL, old.bytes),
    async act(fs) {
      const journal = await openJournal(JOURNAL, fs);
      for (const n of [2, 3]) await journal.append({ n });
      await journal.close();
    },
    again: appendAgain,
    async check(fs) {
      const journal = await openJournal(JOURNAL, fs);
      expect(journal.brokenAt).toBeUndefined();
      const payloads = journal.takePayloads();
      expect(payloads).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }].slice(0, payloads.length));
      expect(payloads.length).toBeGreaterThan(0);
    },
  },
  'the first record being written': {
    prepare: () => undefined,
    act: async (fs) => (await openJournal(JOURNAL, fs)).append({ n: 1 }),
    again: appendAgain,
    async check(fs) {
      const journal = await openJournal(JOURNAL, fs);
      expect([[], [{ n: 1 }]]).toContainEqual(journal.takePayloads());
    },
  },
  'an unfinished record being cut off': {
    prepare: (disk) => disk.put(JOURNAL, Uint8Array.from([...old.bytes, ...torn])),
    async act(fs) {
      const journal = await openJournal(JOURNAL, fs);
      expect(journal.takePayloads()).toEqual([{ n: 1 }]);
      await journal.append({ n: 3 });
    },
    again: appendAgain,
    async check(fs) {
      const isCut = (await fs.readFile(JOURNAL)).length !== old.bytes.length + torn.length;
      if (isCut) expect((await fs.readFile(`${JOURNAL}.torn`)).subarray(-torn.length)).toEqual(torn);
      const journal = await openJournal(JOURNAL, fs);
      expect(journal.brokenAt).toBeUndefined();
      expect([[{ n: 1 }], [{ n: 1 }, { n: 3 }]]).toContainEqual(journal.takePayloads());
    },
  },
  'the data folder being taken': {
    prepare: (disk) => disk.put('/data/instance.lock', '999999999 1'),
    async act(fs) {
      await openFolder(fs, '/data');
      await lockFolder(fs, '/data');
    },
    again: (fs) => lockFolder(fs, '/data'),
    check: async () => undefined,
  },
  'a file of the operator being written over': {
    prepare: (disk) => disk.put('/data/config.toml', 'old'),
    act: (fs) => createTextFiles(fs).write('/data/config.toml', 'new'),
    again: (fs) => createTextFiles(fs).write('/data/config.toml', 'new'),
    check: async (fs) => expect(['old', 'new']).toContain(await fs.readFile('/data/config.toml', 'utf8')),
  },
};

/** A file system whose nth call fails, alone or with all that follow. */
function failing(disk: Disk, nth: number, code: string, isLasting: boolean): { fs: Files; calls: () => number } {
  let calls = 0;
  const fs = disk.mount(async (_call, work) => {
    calls += 1;
    if (calls === nth || (isLasting && calls > nth)) throw fault(code);
    return work();
  });
  return { fs, calls: () => calls };
}

const working = (disk: Disk) => failing(disk, 0, '', false).fs;

describe.each(Object.entries(ACTIONS))('K3: %s', (_name, { prepare, act, again, check }) => {
  test('keeps what was there when any call to the disk fails, says so in words, and works again afterwards', async () => {
    const whole = failing(prepared(), 0, '', false);
    await act(whole.fs);
    expect(whole.calls()).toBeGreaterThan(2);
    for (let nth = 1; nth <= whole.calls(); nth += 1) {
      for (const code of CODES) {
        for (const isLasting of [false, true]) {
          const disk = prepared();
          runs += 1;
          counts.count(code);
          const cause: unknown = await act(failing(disk, nth, code, isLasting).fs).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          const where = `call ${nth} ${code} ${isLasting ? 'lasting' : 'once'}`;
          expect([where, wordsOf(cause)]).toEqual([where, 'in words']);
          await check(working(disk)).catch((wrong: unknown) => {
            throw new Error(where, { cause: wrong });
          });
          await removeLock(disk);
          await again(working(disk));
        }
      }
    }
  });

  function prepared(): Disk {
    const disk = createDisk(() => 0);
    prepare(disk);
    return disk;
  }
});

/** This process holds it; another one would wait for it to end. */
async function removeLock(disk: Disk): Promise<void> {
  for (const name of disk.names()) if (name.includes('.lock')) disk.remove(name);
  disk.put('/data/instance.lock', '999999999 1');
}

function wordsOf(cause: unknown): string {
  if (cause === undefined) return 'in words';
  if (!isAppError(cause)) return `no words: ${String(cause instanceof Error ? cause.stack : cause)}`;
  const { happened, remedy } = messageOf(cause.code, cause.params as never);
  return happened !== '' && remedy !== '' ? 'in words' : cause.code;
}

const SIGNING: WorldOptions = { seed: 13, isPlain: true, count: counts.count };

test(
  'K3: nothing is signed and sent without the journal, whichever call to the disk fails, once or from then on',
  { timeout: 300_000 },
  async () => {
    const { calls } = await runScenario(SIGNING);
    const ofDisk = calls.filter((name) => name.includes(' /data')).length;
    expect(ofDisk).toBeGreaterThan(10);
    for (let call = 1; call <= ofDisk; call += 1) {
      for (const code of CODES) {
        for (const isLasting of [false, true]) {
          runs += 1;
          const result = await runScenario({ ...SIGNING, failAt: { call, code, isLasting } });
          expect([call, code, isLasting, result.violations]).toEqual([call, code, isLasting, []]);
          // On a disk that stays broken somebody gives up in the end.
          if (!isLasting) expect([call, code, result.effects]).toEqual([call, code, 1]);
        }
      }
    }
  },
);

test('K3: a journal that keeps its failures to itself is noticed', async () => {
  const silent: typeof openJournal = async (path, fs) => {
    const journal = await openJournal(path, fs);
    return { ...journal, append: (payload) => journal.append(payload).catch(() => undefined) };
  };
  const { calls } = await runScenario(SIGNING);
  const ofDisk = calls.filter((name) => name.includes(' /data'));
  const call = ofDisk.findIndex((name) => name.startsWith('write /data/journal')) + 1;
  const failAt = { call, code: 'EIO', isLasting: true } as const;
  const { violations } = await runScenario({ ...SIGNING, failAt }, { openJournal: silent });
  expect(violations.join()).toContain('V4');
});

test('every fault of this row was injected', () => {
  expect(counts.missing()).toEqual([]);
});
