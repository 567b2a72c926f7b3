import { AppError } from '#core/errors/app-error.ts';
import { refuse } from './refusal.ts';
import { wrongType } from './values.ts';

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where the text of a fixed field ends: at the first NUL or with the field. */
export function textEnd(bytes: Uint8Array, at: number, length: number): number {
  const end = bytes.indexOf(0, at);
  return end === -1 || end > at + length ? at + length : end;
}

/** Text of a fixed field up to the first NUL; broken parts become U+FFFD. Source: PROTOCOL §5.4. */
export function decodeFixedText(bytes: Uint8Array, at: number, length: number): string {
  return lenient.decode(bytes.subarray(at, textEnd(bytes, at, length)));
}

/**
 * Text of a length-prefixed field.
 *
 * @throws Refusal `codec/invalid-utf8`
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  try {
    return strict.decode(bytes.subarray(start, end));
  } catch {
    return refuse((path) => new AppError('codec/invalid-utf8', { path, offset: start }));
  }
}

/**
 * UTF-8 of a string that has room for `limit` bytes, refusing what would not be read back as written. A text that was cut
 * inside a character comes as its bytes, because no string gives them again.
 *
 * @param limit - bytes in a fixed field, where NUL would end the text; absent for a length-prefixed one
 * @throws Refusal `codec/wrong-type`, `codec/text-too-long`, `codec/text-not-storable`
 */
export function encodeText(value: unknown, limit?: number): Uint8Array {
  if (limit !== undefined && value instanceof Uint8Array && isCutText(value, limit)) return value;
  if (typeof value !== 'string') return wrongType('text', value);
  if (/\p{Surrogate}/u.test(value) || (limit !== undefined && value.includes('\0'))) {
    refuse((path) => new AppError('codec/text-not-storable', { path }));
  }
  const bytes = encoder.encode(value);
  if (limit !== undefined && bytes.length > limit) {
    refuse((path) => new AppError('codec/text-too-long', { path, limit, actual: bytes.length }));
  }
  return bytes;
}

function isCutText(bytes: Uint8Array, limit: number): boolean {
  return bytes.length <= limit && !bytes.includes(0);
}
