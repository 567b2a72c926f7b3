import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const lockPath = () => join(folder, 'chain.lock');

test('a folder has one network at a time', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder, 200)).rejects.toMatchObject({ code: 'practice/folder-in-use' });
  unlock();
  expect(existsSync(lockPath())).toBe(false);
});

test('whoever waits gets the folder as soon as it is free', async () => {
  const unlock = await lockFolder(folder);
  const next = lockFolder(folder);
  unlock();
  (await next)();
});

test('the lock of a dead process is taken over', async () => {
  // Process numbers end far below this on every system we run on.
  writeFileSync(lockPath(), '2147483646');
  (await lockFolder(folder))();
});

test('an old lock is taken over although its number lives again as another process', async () => {
  writeFileSync(lockPath(), String(process.pid));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lockPath(), longAgo, longAgo);
  (await lockFolder(folder))();
});
