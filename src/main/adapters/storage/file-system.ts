import { promises } from 'node:fs';

/** The part of the file system that settings and journal use: tests replace it to make each call fail. */
export type FileSystem = Pick<
  typeof promises,
  'open' | 'rename' | 'copyFile' | 'readFile' | 'rm' | 'mkdir' | 'chmod' | 'readdir' | 'stat'
>;

export const fileSystem: FileSystem = promises;

/** The error code of a failed file operation, such as `ENOENT`. */
export function errorCodeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
