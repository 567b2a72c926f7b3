import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '#core/errors/app-error.ts';

/** @throws AppError `protocol/unreadable` */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new AppError('protocol/unreadable', { file }, { cause });
  }
}

/** @throws AppError `protocol/unreadable` */
export function readText(file: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readBytes(file));
}

/**
 * JSON of the shape a verb takes.
 *
 * @throws AppError `protocol/unreadable`, `protocol/malformed`
 */
export function readJson<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  const result = schema.safeParse(parseJsonText(readText(file)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError('protocol/malformed', {
    path: issue?.path.join('.') ?? '',
    expected: issue?.message ?? 'other data',
  });
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('protocol/malformed', { path: '', expected: 'JSON' }, { cause });
  }
}
