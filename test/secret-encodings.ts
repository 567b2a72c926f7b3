import { base58 } from '@scure/base';

/** Fewer bytes than this are found by chance. */
const SHORTEST = 12;

/**
 * The forms in which a secret might lie about in memory or in a file, by name: eleven of them. Forms whose first characters
 * depend on what stands before are cut to the part that does not.
 */
export function encodingsOf(secret: Uint8Array): ReadonlyMap<string, Buffer> {
  if (secret.length < SHORTEST) throw new Error('too short to be looked for');
  const bytes = Buffer.from(secret);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  const numbers = [...bytes].join(',');
  const hex = bytes.toString('hex');
  return new Map([
    ['bytes', bytes],
    ['bytes backwards', Buffer.from(bytes.toReversed())],
    ['hexadecimal', Buffer.from(hex)],
    ['hexadecimal in capitals', Buffer.from(hex.toUpperCase())],
    ['base64', Buffer.from(whole.toString('base64'))],
    ['base64 for URLs', Buffer.from(whole.toString('base64url'))],
    ['base58', Buffer.from(base58.encode(secret))],
    ['JSON numbers', Buffer.from(numbers)],
    ['JSON numbers with spaces', Buffer.from(numbers.replaceAll(',', ', '))],
    ['hexadecimal in UTF-16', Buffer.from(hex, 'utf16le')],
    ['JSON numbers in UTF-16', Buffer.from(numbers, 'utf16le')],
  ]);
}
