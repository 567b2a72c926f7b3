import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, OWN_PREFIX } from './chromium.ts';

/**
 * Takes the lock on a data folder: a file with the owner's process id, and a socket the next one knocks at. The answer
 * must be immediate, so the knock goes out on its own.
 *
 * @returns releases the lock, or `undefined` when another process holds it
 */
export function takeInstanceLock(folder: string, onSecond: () => void): (() => Promise<void>) | undefined {
  const file = join(folder, 'standin.lock');
  if (!takeFile(file)) {
    connect(socketOf(folder, ownerOf(file)))
      .on('error', () => undefined)
      .end();
    return undefined;
  }
  const socket = socketOf(folder, process.pid);
  const server = createServer((connection) => {
    connection.on('error', () => undefined).destroy();
    onSecond();
  });
  server.listen(socket).unref();
  const removeFiles = () => {
    rmSync(file, { force: true });
    if (process.platform !== 'win32') rmSync(socket, { force: true });
  };
  // However this process ends, short of being killed.
  process.once('exit', removeFiles);
  return () =>
    new Promise((resolve) => {
      removeFiles();
      server.close(() => resolve());
    });
}

/** Exclusive creation decides. The file of a process that is gone is taken over once. */
function takeFile(file: string): boolean {
  for (let isLastTry = false; ; isLastTry = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch {
      if (isLastTry || isAlive(ownerOf(file))) return false;
      rmSync(file, { force: true });
    }
  }
}

/** An owner that is just writing its id counts as alive: it is this process or a younger one. */
function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}

/**
 * Named after its owner, so that the next start removes what a killed one left. Short, because socket paths end at about
 * 100 bytes.
 */
function socketOf(folder: string, owner: number): string {
  const name = `${OWN_PREFIX}${owner}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}
