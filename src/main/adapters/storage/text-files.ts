import { constants } from 'node:fs';
import { basename } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { writeAtomically } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';

/** Text files the operator chose. */
export function createTextFiles(fs: FileSystem) {
  return {
    /** @throws AppError `storage/file-too-large`, `storage/unreadable` (also for bytes that are not UTF-8) */
    async read(path: string, maxBytes: number): Promise<string> {
      const fileName = basename(path);
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readLimited(fs, path, maxBytes));
      } catch (cause) {
        if (isAppError(cause)) throw cause;
        throw new AppError('storage/unreadable', { fileName }, { cause });
      }
    },
    /** @throws AppError `storage/unwritable` */
    write: (path: string, text: string) => writeAtomically(fs, path, text),
  };
}

/** Reads one byte more than allowed at most; only regular files, so that a pipe cannot make the app wait. */
async function readLimited(fs: FileSystem, path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await fs.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error('not a regular file');
    const buffer = new Uint8Array(Math.min(stat.size, maxBytes) + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > maxBytes || stat.size > maxBytes) {
      throw new AppError('storage/file-too-large', { fileName: basename(path), maxBytes });
    }
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
