import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#core/errors/app-error.ts';

const LOCK = 'chain.lock';

/** A holder touches its lock this often; one untouched for longer was left behind, whoever has its process number now. */
const TOUCH_MS = 1000;
const STALE_MS = 5000;

/** A network whose parent was killed takes a moment to save and go. Milliseconds. */
const PATIENCE_MS = 6000;
const RETRY_MS = 50;

/**
 * Keeps other practice networks out of a folder until the returned function is called: two of them would overwrite each
 * other's state. A lock left by a killed process is taken over.
 *
 * @param patienceMs - how long to wait for a network that is about to go
 * @throws AppError `practice/folder-in-use`
 */
export async function lockFolder(folder: string, patienceMs = PATIENCE_MS): Promise<() => void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, LOCK);
  for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += RETRY_MS) {
    if (tryLock(path)) return hold(path);
    if (isHeld(path)) await delay(RETRY_MS);
    else rmSync(path, { force: true });
  }
  throw new AppError('practice/folder-in-use', {});
}

function hold(path: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // Somebody removed the file, perhaps with its folder: there is nothing left to keep others from.
    }
  }, TOUCH_MS).unref();
  return () => {
    clearInterval(timer);
    rmSync(path, { force: true });
  };
}

function tryLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (cause) {
    if (isErrno(cause, 'EEXIST')) return false;
    throw cause;
  }
}

function isHeld(path: string): boolean {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return false;
    const holder = Number(readFileSync(path, 'utf8'));
    // A lock without number was made a moment ago by a process about to write it.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (cause) {
    return isErrno(cause, 'EPERM');
  }
}

function isErrno(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
