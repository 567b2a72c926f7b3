import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { closingCommand } from '#core/errors/keyfile-errors.ts';

/** A keyfile of 64 numbers has at most 260 characters; anything above this is something else. */
export const KEYFILE_MAX_BYTES = 4096;

/** Group and others. */
const OPEN_MODE_BITS = 0o077;

/**
 * The content of a keyfile, after its outside was checked on the very descriptor it is read from. The caller wipes it.
 *
 * @throws AppError `keyfile/missing`, `keyfile/unreadable`, `keyfile/not-a-file`, `keyfile/foreign-owner`,
 *   `keyfile/readable-by-others`, `keyfile/too-large`
 */
export function readKeyfile(path: string, allowOpenPermissions: boolean): Uint8Array {
  const fileName = basename(path);
  const descriptor = open(path, fileName);
  try {
    const { size, mode, uid, isFile } = statOf(descriptor);
    if (!isFile) throw new AppError('keyfile/not-a-file', { fileName });
    if (process.getuid !== undefined) {
      if (uid !== process.getuid()) throw new AppError('keyfile/foreign-owner', { fileName });
      if ((mode & OPEN_MODE_BITS) !== 0 && !allowOpenPermissions) {
        throw new AppError('keyfile/readable-by-others', { fileName, fix: closingCommand(fileName) });
      }
    }
    if (size > KEYFILE_MAX_BYTES) throw new AppError('keyfile/too-large', { fileName, maxBytes: KEYFILE_MAX_BYTES });
    return readAll(descriptor, fileName);
  } finally {
    closeSync(descriptor);
  }
}

/** Never follows a link and never waits for a pipe. Windows has neither flag, which adds no bit. */
function open(path: string, fileName: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    throw new AppError(openFailure(cause), { fileName }, { cause });
  }
}

/** What `open` throws is an error of the system, which has a code. */
function openFailure(cause: unknown) {
  const { code } = cause as { readonly code?: string };
  return OPEN_FAILURES.get(code) ?? 'keyfile/unreadable';
}

/** `EMLINK` is how FreeBSD calls a link that is not followed, `ENXIO` what a socket answers. */
const OPEN_FAILURES = new Map<string | undefined, 'keyfile/missing' | 'keyfile/not-a-file'>([
  ['ENOENT', 'keyfile/missing'],
  ['ENOTDIR', 'keyfile/missing'],
  ['ELOOP', 'keyfile/not-a-file'],
  ['EMLINK', 'keyfile/not-a-file'],
  ['ENXIO', 'keyfile/not-a-file'],
  ['EISDIR', 'keyfile/not-a-file'],
]);

function statOf(descriptor: number) {
  const stat = fstatSync(descriptor);
  return { size: stat.size, mode: stat.mode, uid: stat.uid, isFile: stat.isFile() };
}

/** Reads one byte more than allowed, so that a file that grows meanwhile is noticed. */
function readAll(descriptor: number, fileName: string): Uint8Array {
  const buffer = new Uint8Array(KEYFILE_MAX_BYTES + 1);
  let length = 0;
  try {
    for (;;) {
      const count = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += count;
      if (count === 0 || length === buffer.length) break;
    }
  } catch (cause) {
    buffer.fill(0);
    throw new AppError('keyfile/unreadable', { fileName }, { cause });
  }
  if (length <= KEYFILE_MAX_BYTES) return buffer.subarray(0, length);
  buffer.fill(0);
  throw new AppError('keyfile/too-large', { fileName, maxBytes: KEYFILE_MAX_BYTES });
}
