import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '@scure/base';

/**
 * The journal is a text file of records, one a line: length of the JSON in bytes (8 hex digits), SHA-256 (64 hex
 * digits) over the previous record's hash, the length and the JSON, the JSON, a line feed. A person can read it, and no
 * record can be changed, removed from the middle or moved without the chain showing it.
 */
export type ChainReading = {
  readonly payloads: readonly unknown[];
  /** Bytes of the intact beginning. */
  readonly intactBytes: number;
  /** Hash of the last intact record, to chain the next one to. */
  readonly lastHash: string;
  /** `torn`: the last write never finished, as in a power cut. `broken`: something was changed afterwards. */
  readonly end: 'clean' | 'torn' | 'broken';
};

/** What the first record is chained to. */
export const FIRST_HASH = '0'.repeat(64);

const HASH_START = 9;
const JSON_START = 74;
const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** A disk that lost part of an unsynced write leaves a hole of zeros; a single flipped byte is no hole. */
const HOLE_BYTES = 16;

/** What a disk writes all or not at all: the hole may be as short as what the record has of its first one. */
const SECTOR_BYTES = 512;

/** One record, chained to the one before. */
export function encodeRecord(previousHash: string, payload: unknown): { bytes: Uint8Array; hash: string } {
  const json = new TextEncoder().encode(JSON.stringify(payload));
  const length = json.length.toString(16).padStart(8, '0');
  const hash = hashOf(previousHash, length, json);
  const head = new TextEncoder().encode(`${length} ${hash} `);
  const bytes = new Uint8Array(head.length + json.length + 1);
  bytes.set(head);
  bytes.set(json, head.length);
  bytes[bytes.length - 1] = LINE_FEED;
  return { bytes, hash };
}

/** Reads records up to the first that is not intact, and says what is wrong with the rest. */
export function readRecords(bytes: Uint8Array): ChainReading {
  const payloads: unknown[] = [];
  let intactBytes = 0;
  let lastHash = FIRST_HASH;
  for (const record of intactRecords(bytes)) {
    payloads.push(record.payload);
    intactBytes = record.end;
    lastHash = record.hash;
  }
  const rest = bytes.subarray(intactBytes);
  return { payloads, intactBytes, lastHash, end: rest.length === 0 ? 'clean' : judgeRest(rest, intactBytes) };
}

/** One intact record: what it says, its hash, and the byte after it. */
export type ChainRecord = { readonly payload: unknown; readonly hash: string; readonly end: number };

/** The records of the intact beginning, one after the other, so that a reader can pause between them. */
export function* intactRecords(bytes: Uint8Array): Generator<ChainRecord, void> {
  let start = 0;
  let lastHash = FIRST_HASH;
  while (start < bytes.length) {
    const record = readRecord(bytes, start, lastHash);
    if (!record) return;
    yield record;
    start = record.end;
    lastHash = record.hash;
  }
}

function readRecord(bytes: Uint8Array, start: number, previousHash: string): ChainRecord | undefined {
  const head = ascii(bytes.subarray(start, start + JSON_START));
  if (!/^[0-9a-f]{8} [0-9a-f]{64} $/.test(head)) return undefined;
  const length = head.slice(0, HASH_START - 1);
  const hash = head.slice(HASH_START, JSON_START - 1);
  const end = start + JSON_START + Number.parseInt(length, 16) + 1;
  if (end > bytes.length || bytes[end - 1] !== LINE_FEED) return undefined;
  const json = bytes.subarray(start + JSON_START, end - 1);
  if (hashOf(previousHash, length, json) !== hash) return undefined;
  return { payload: JSON.parse(new TextDecoder().decode(json)) as unknown, end, hash };
}

/**
 * A record holds exactly one line feed, its last byte: a rest without one was never finished. One with holes was not either, as
 * long as nothing follows it: each record is on the disk before the next one is begun.
 *
 * @param start - where in the file the rest begins
 */
function judgeRest(rest: Uint8Array, start: number): 'torn' | 'broken' {
  const lineFeed = rest.indexOf(LINE_FEED);
  const isLast = lineFeed === rest.length - 1;
  return lineFeed === -1 || (isLast && hasHole(rest, start)) ? 'torn' : 'broken';
}

function hasHole(rest: Uint8Array, start: number): boolean {
  const inFirstSector = Math.min(HOLE_BYTES, SECTOR_BYTES - (start % SECTOR_BYTES));
  let zeros = 0;
  for (const [index, byte] of rest.entries()) {
    zeros = byte === 0 ? zeros + 1 : 0;
    if (zeros === HOLE_BYTES || (zeros === inFirstSector && index + 1 === zeros)) return true;
  }
  return false;
}

function hashOf(previousHash: string, length: string, json: Uint8Array): string {
  const hash = sha256.create();
  hash.update(new TextEncoder().encode(`${previousHash}${length}`));
  hash.update(json);
  return hex.encode(hash.digest());
}

/** Bytes outside printable ASCII become NUL, which no head contains. */
function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= SPACE && byte < 0x7f ? String.fromCharCode(byte) : '\u0000')).join('');
}
