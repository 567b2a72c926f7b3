import { basename, dirname } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { errorCodeOf, type FileSystem } from './file-system.ts';

/** Where the version before the last save is kept. */
export function backupOf(path: string): string {
  return `${path}.bak`;
}

/**
 * Replaces a file so that a crash at any moment leaves the old or the new content, never half of it. The old content
 * stays beside it as `.bak`. One writer at a time.
 *
 * @throws AppError `storage/unwritable`; the old content is then still in place
 */
export async function writeAtomically(fs: FileSystem, path: string, content: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await fs.rm(temporary, { force: true });
    const file = await fs.open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await keepBackup(fs, path);
    await fs.rename(temporary, path);
    await syncFolder(fs, dirname(path));
  } catch (cause) {
    throw new AppError('storage/unwritable', { fileName: basename(path) }, { cause });
  }
}

async function keepBackup(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.copyFile(path, backupOf(path));
  } catch (cause) {
    if (errorCodeOf(cause) !== 'ENOENT') throw cause;
  }
}

/** Makes a new name in a folder last. Windows has no such call and needs none. */
export async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
