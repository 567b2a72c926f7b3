import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { propertyRuns } from '#test/property-runs.ts';
import { fileSystem, type FileSystem } from './file-system.ts';
import { openStore } from './json-store.ts';

const Document = z.strictObject({ name: z.string(), count: z.number() });
const format = {
  version: 2,
  defaults: { name: 'default', count: 0 },
  parse: (document: unknown, version: number) =>
    Document.parse(version === 1 ? { ...(document as object), count: 1 } : document),
};

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (fs: FileSystem = fileSystem) => openStore(fs, path, format);

describe('a stored document', () => {
  test('begins with its defaults and says nothing about it', async () => {
    const store = await open();
    expect(store.read()).toEqual(format.defaults);
    expect(store.notices).toEqual([]);
  });

  test('is there again after a restart, closed to others, with the version before beside it', async () => {
    const store = await open();
    await store.update(() => ({ name: 'a', count: 1 }));
    await store.update((value) => ({ ...value, count: value.count + 1 }));
    expect((await open()).read()).toEqual({ name: 'a', count: 2 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(`${path}.bak`, 'utf8'))).toEqual({ version: 2, name: 'a', count: 1 });
  });

  test('takes changes made at the same time one after the other', async () => {
    const store = await open();
    await Promise.all(
      Array.from({ length: 20 }, () => store.update((value) => ({ ...value, count: value.count + 1 }))),
    );
    expect((await open()).read().count).toBe(20);
  });

  test('refuses a change it could not read at the next start, and takes the next one', async () => {
    const store = await open();
    await store.update(() => ({ name: 'kept', count: 1 }));
    const unfit = store.update((value) => Object.assign({}, value, { extra: true }));
    await expect(unfit).rejects.toMatchObject({ code: 'storage/unfit', params: { fileName: 'settings.json' } });
    expect(store.read()).toEqual({ name: 'kept', count: 1 });
    await store.update((value) => ({ ...value, count: 2 }));
    expect((await open()).read()).toEqual({ name: 'kept', count: 2 });
  });

  test('of an older version is migrated, of a newer one refused untouched', async () => {
    writeFileSync(path, '{"version":1,"name":"old"}');
    expect((await open()).read()).toEqual({ name: 'old', count: 1 });
    writeFileSync(path, '{"version":3,"name":"new"}');
    await expect(open()).rejects.toMatchObject({ code: 'storage/newer', params: { version: 3 } });
    expect(readFileSync(path, 'utf8')).toBe('{"version":3,"name":"new"}');
  });

  test.each([
    ['cut', '{"version":2,"na'],
    ['empty', ''],
    ['of a wrong shape', '{"version":2,"name":7,"count":1}'],
    ['with an unknown field', '{"version":2,"name":"a","count":1,"extra":1}'],
    ['without version', '{"name":"a","count":1}'],
    ['with a prototype key', '{"version":2,"name":"a","count":1,"__proto__":{"x":1}}'],
  ])('that is %s is kept aside, announced, and replaced by the one before', async (_how, content) => {
    const store = await open();
    await store.update(() => ({ name: 'first', count: 1 }));
    await store.update(() => ({ name: 'second', count: 2 }));
    writeFileSync(path, content);
    const again = await open();
    expect(again.read()).toEqual({ name: 'first', count: 1 });
    expect(again.notices).toHaveLength(2);
    expect(readFileSync(`${path}.damaged-1`, 'utf8')).toBe(content);
  });

  test('that cannot be read now may be whole: it is left as it is', async () => {
    await (await open()).update(() => ({ name: 'kept', count: 1 }));
    const readFile = async () => {
      throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    };
    const opening = open({ ...fileSystem, readFile } as FileSystem);
    await expect(opening).rejects.toMatchObject({ code: 'storage/unreadable', params: { fileName: 'settings.json' } });
    expect((await open()).read()).toEqual({ name: 'kept', count: 1 });
  });

  test('that is damaged and cannot be kept aside never takes the place of the version before', async () => {
    writeFileSync(path, 'damaged');
    writeFileSync(`${path}.bak`, '{"version":2,"name":"before","count":1}');
    await expect(open(failing('rename'))).rejects.toMatchObject({ code: 'storage/unwritable' });
    expect((await open()).read()).toEqual({ name: 'before', count: 1 });
  });

  test('starts whatever stands in the file, and keeps what stood there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        writeFileSync(path, bytes);
        const { notices } = await open();
        expect(notices.length).toBeGreaterThan(0);
        const kept = readdirSync(folder).find((name) => name.includes('damaged'));
        expect(new Uint8Array(readFileSync(join(folder, kept ?? '')))).toEqual(bytes);
        rmSync(join(folder, kept ?? ''));
      }),
      { numRuns: Math.min(propertyRuns(), 300) },
    );
  });

  test.each(['open', 'writeFile', 'sync', 'close', 'copyFile', 'rename'] as const)(
    'keeps its value, in memory and on disk, when %s fails',
    async (operation) => {
      await (await open()).update(() => ({ name: 'kept', count: 1 }));
      const store = await open(failing(operation));
      const update = store.update(() => ({ name: 'lost', count: 2 }));
      await expect(update).rejects.toMatchObject({ code: 'storage/unwritable', params: { fileName: 'settings.json' } });
      expect(store.read()).toEqual({ name: 'kept', count: 1 });
      expect((await open()).read()).toEqual({ name: 'kept', count: 1 });
    },
  );
});

/** The real file system, in which one kind of call fails as on a full disk. */
function failing(operation: string): FileSystem {
  const fail = async () => {
    throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
  };
  return {
    ...fileSystem,
    open: async (...args: Parameters<FileSystem['open']>) => {
      if (operation === 'open') return fail();
      const file = await fileSystem.open(...args);
      const isTemporary = String(args[0]).endsWith('.tmp');
      if (isTemporary && (operation === 'writeFile' || operation === 'sync')) {
        Object.assign(file, { [operation]: fail });
      }
      if (isTemporary && operation === 'close') {
        const close = file.close.bind(file);
        Object.assign(file, { close: () => close().then(fail) });
      }
      return file;
    },
    ...(operation === 'copyFile' ? { copyFile: fail } : {}),
    ...(operation === 'rename' ? { rename: fail } : {}),
  } as FileSystem;
}
