import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { errorCodeOf, type FileSystem } from './file-system.ts';

/** Makes a folder only its owner can enter, with those above it. @throws AppError `storage/unwritable` */
export async function openFolder(fs: FileSystem, path: string): Promise<string> {
  return orUnwritable(basename(path), async () => {
    await fs.mkdir(path, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') await fs.chmod(path, 0o700);
    return path;
  });
}

/**
 * Takes the data folder for this process, for as long as it lives. A lock left by a process that is gone is taken over.
 *
 * @returns releases it, at once, so that it can be called while the process ends
 * @throws AppError `storage/in-use`, `storage/unwritable`
 */
export async function lockFolder(fs: FileSystem, folder: string): Promise<() => void> {
  const lock = join(folder, 'instance.lock');
  const own = ownerOf(process.pid);
  const isOurs = await orUnwritable(
    basename(lock),
    async () => (await claim(fs, lock, own)) || (await takeOver(fs, lock, own)),
  );
  if (!isOurs) throw new AppError('storage/in-use', {});
  return () => rmSync(lock, { force: true });
}

async function orUnwritable<T>(fileName: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('storage/unwritable', { fileName }, { cause });
  }
}

/** Whoever made a file and died before writing into it, or removing it, blocks others no longer than this. */
const STALE_MS = 10_000;

/** One process at a time may remove a dead owner's lock: otherwise two could each remove the other's new one. */
async function takeOver(fs: FileSystem, lock: string, own: string): Promise<boolean> {
  if (await isHeld(fs, lock)) return false;
  const takeover = `${lock}.takeover`;
  if (!(await claim(fs, takeover, own))) {
    if (!(await isFresh(fs, takeover))) await fs.rm(takeover, { force: true });
    return false;
  }
  try {
    if (await isHeld(fs, lock)) return false;
    await fs.rm(lock, { force: true });
    return await claim(fs, lock, own);
  } finally {
    await fs.rm(takeover, { force: true });
  }
}

async function claim(fs: FileSystem, path: string, content: string): Promise<boolean> {
  try {
    const file = await fs.open(path, 'wx', 0o600);
    try {
      await file.writeFile(content);
      // A power cut must not leave an empty lock behind.
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch (cause) {
    if (errorCodeOf(cause) === 'EEXIST') return false;
    throw cause;
  }
}

async function read(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch {
    return '';
  }
}

/** Process id and, where the system tells it, when that process started: ids are used again. */
function ownerOf(pid: number): string {
  return `${pid} ${startTimeOf(pid)}`;
}

/** An empty lock was claimed a moment ago and is not written yet, or its owner died before writing it. */
async function isHeld(fs: FileSystem, lock: string): Promise<boolean> {
  const owner = await read(fs, lock);
  return owner === '' ? isFresh(fs, lock) : isAlive(owner);
}

/** Also a file that is gone: whoever removed it is at work right now. A clock that was set back makes no file fresh for long. */
async function isFresh(fs: FileSystem, path: string): Promise<boolean> {
  try {
    return Math.abs(Date.now() - (await fs.stat(path)).mtimeMs) < STALE_MS;
  } catch {
    return true;
  }
}

function isAlive(owner: string): boolean {
  const [pidText = '', startTime = ''] = owner.split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (errorCodeOf(cause) !== 'EPERM') return false;
  }
  return startTimeOf(pid) === startTime;
}

/** Field 22 of `/proc/PID/stat`, in clock ticks since boot. Elsewhere `-`. Source: proc(5). */
function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}
