/** A keypair: 32 bytes of seed, then the 32 bytes of the public key. Source: Solana `Keypair::to_bytes`. */
export const KEYPAIR_BYTES = 64;

/**
 * File content → the 64 bytes of a keypair, from a JSON array of numbers (Solana CLI) or base58 text. Works on bytes
 * alone: a string or a JSON value of a secret could not be wiped. The caller wipes the result.
 *
 * @returns `undefined` when the content is neither
 */
export function parseKeypair(content: Uint8Array): Uint8Array | undefined {
  const { start, end } = withoutOuterSpace(content);
  if (start === end) return undefined;
  const text = content.subarray(start, end);
  return text[0] === OPEN ? parseArray(text) : parseBase58(text);
}

/**
 * The same for what was inside an encrypted file, where only the array is written.
 *
 * @returns `undefined` for anything but the array
 */
export function parseKeypairArray(content: Uint8Array): Uint8Array | undefined {
  const { start, end } = withoutOuterSpace(content);
  return content[start] === OPEN ? parseArray(content.subarray(start, end)) : undefined;
}

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const ZERO = 0x30;
const NINE = 0x39;

function withoutOuterSpace(bytes: Uint8Array): { start: number; end: number } {
  let start = 0;
  let end = bytes.length;
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return { start, end };
}

/** `[n, n, …]` with exactly 64 whole numbers from 0 to 255, each in its shortest form. */
function parseArray(text: Uint8Array): Uint8Array | undefined {
  const keypair = new Uint8Array(KEYPAIR_BYTES);
  const complete = fillFromArray(text, keypair);
  if (complete) return keypair;
  keypair.fill(0);
  return undefined;
}

function fillFromArray(text: Uint8Array, keypair: Uint8Array): boolean {
  let at = 1;
  for (let index = 0; index < KEYPAIR_BYTES; index += 1) {
    at = skipSpace(text, at);
    const digitsStart = at;
    let value = 0;
    for (let digit = text[at]; isDigit(digit) && at - digitsStart < 4; digit = text[at]) {
      value = value * 10 + digit - ZERO;
      at += 1;
    }
    const digits = at - digitsStart;
    if (digits === 0 || digits > 3 || value > 255 || (digits > 1 && text[digitsStart] === ZERO)) return false;
    keypair[index] = value;
    at = skipSpace(text, at);
    if (text[at] !== (index === KEYPAIR_BYTES - 1 ? CLOSE : COMMA)) return false;
    at += 1;
  }
  return at === text.length;
}

/** 64 bytes take 64 to 88 digits of base58. */
const BASE58_MAX_DIGITS = 88;

/** Base58 by hand, most significant digit first, into a fixed buffer: `number = number · 58 + digit`. */
function parseBase58(text: Uint8Array): Uint8Array | undefined {
  if (text.length > BASE58_MAX_DIGITS) return undefined;
  const keypair = new Uint8Array(KEYPAIR_BYTES);
  if (fillFromBase58(text, keypair)) return keypair;
  keypair.fill(0);
  return undefined;
}

function fillFromBase58(text: Uint8Array, keypair: Uint8Array): boolean {
  const view = new DataView(keypair.buffer);
  for (const character of text) {
    let carry = base58Digit(character);
    if (carry < 0) return false;
    for (let index = KEYPAIR_BYTES - 1; index >= 0; index -= 1) {
      carry += view.getUint8(index) * 58;
      view.setUint8(index, carry & 0xff);
      carry >>= 8;
    }
    if (carry > 0) return false;
  }
  return leadingCount(keypair, 0) === leadingCount(text, BASE58_ZERO);
}

const ALPHABET = new TextEncoder().encode('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');

/** `1`, the first of the alphabet. */
const BASE58_ZERO = 0x31;

function base58Digit(character: number): number {
  return ALPHABET.indexOf(character);
}

/** Each leading zero byte is written as one leading `1`. */
function leadingCount(bytes: Uint8Array, value: number): number {
  const first = bytes.findIndex((byte) => byte !== value);
  return first === -1 ? bytes.length : first;
}

function skipSpace(text: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
