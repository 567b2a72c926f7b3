import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Lets `work` run on a file system some of whose calls are replaced. */
export async function withFileSystem<T>(changes: Partial<typeof fs>, work: () => T | Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, fs[name as keyof typeof fs]]));
  Object.assign(fs, changes);
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(fs, before);
    syncBuiltinESMExports();
  }
}
