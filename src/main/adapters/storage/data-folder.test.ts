import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder, openFolder } from './data-folder.ts';
import { fileSystem, type FileSystem } from './file-system.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the data folder', () => {
  test('is closed to others, with the folders above it made when needed', async () => {
    const path = await openFolder(fileSystem, join(folder, 'a/b'));
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  test('that cannot be made or taken is told in words', async () => {
    const fail = async () => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    };
    const readOnly = { ...fileSystem, mkdir: fail, open: fail } as FileSystem;
    await expect(openFolder(readOnly, folder)).rejects.toMatchObject({ code: 'storage/unwritable' });
    await expect(lockFolder(readOnly, folder)).rejects.toMatchObject({ code: 'storage/unwritable' });
  });

  test('belongs to one instance at a time', async () => {
    const release = await lockFolder(fileSystem, folder);
    await expect(lockFolder(fileSystem, folder)).rejects.toMatchObject({ code: 'storage/in-use' });
    release();
    (await lockFolder(fileSystem, folder))();
  });

  test('is taken over from a process that is gone', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', 'console.log(process.pid)']);
    writeFileSync(join(folder, 'instance.lock'), `${stdout.trim()} 1`);
    (await lockFolder(fileSystem, folder))();
  });

  test('is taken over when its owner’s process id belongs to another process now', async () => {
    writeFileSync(join(folder, 'instance.lock'), `${process.pid} not-its-start`);
    (await lockFolder(fileSystem, folder))();
  });

  test('is not blocked for ever by a lock that was never written', async () => {
    const lock = join(folder, 'instance.lock');
    writeFileSync(lock, '');
    await expect(lockFolder(fileSystem, folder)).rejects.toMatchObject({ code: 'storage/in-use' });
    const before = Date.now() / 1000 - 11;
    utimesSync(lock, before, before);
    (await lockFolder(fileSystem, folder))();
  });

  test('is taken by a lock that is on the disk before it counts', async () => {
    const synced: string[] = [];
    const open = async (...args: Parameters<FileSystem['open']>) => {
      const file = await fileSystem.open(...args);
      const sync = file.sync.bind(file);
      return Object.assign(file, {
        async sync() {
          await sync();
          synced.push(readFileSync(String(args[0]), 'utf8'));
        },
      });
    };
    const release = await lockFolder({ ...fileSystem, open } as FileSystem, folder);
    expect(synced).toEqual([expect.stringMatching(new RegExp(`^${process.pid} `))]);
    release();
  });

  test('gets one owner when fifty ask at the same time, also for a lock left behind', async () => {
    for (const left of [undefined, '999999 1']) {
      if (left !== undefined) writeFileSync(join(folder, 'instance.lock'), left);
      const tries = await Promise.allSettled(Array.from({ length: 50 }, () => lockFolder(fileSystem, folder)));
      const owners = tries.filter(({ status }) => status === 'fulfilled');
      expect(owners).toHaveLength(1);
      for (const owner of owners) if (owner.status === 'fulfilled') owner.value();
    }
  });
});
