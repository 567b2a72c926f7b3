import { concatBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';
import { type Address, addressToBytes } from './address.ts';
import { createWireReader, encodeCompactU16, type WireReader } from './wire-reader.ts';

/** How many of the static keys sign, and how many of each group are read-only. */
export type MessageHeader = {
  readonly requiredSignatures: number;
  readonly readonlySigned: number;
  readonly readonlyUnsigned: number;
};

/** One instruction as the message carries it: indexes into the keys, and data. */
export type CompiledInstruction = {
  readonly programIndex: number;
  readonly accountIndexes: readonly number[];
  readonly data: Uint8Array;
  /** Where the data begins in the message, bytes. Ignored when encoding. */
  readonly dataOffset: number;
};

/** Accounts a version 0 message takes from a lookup table. */
export type TableLookup = {
  readonly table: Address;
  readonly writableIndexes: readonly number[];
  readonly readonlyIndexes: readonly number[];
};

/** A decoded message. What it says about accounts is not checked here: see `canonical-gate.ts`. */
export type Message = {
  readonly version: 'legacy' | 0;
  readonly header: MessageHeader;
  readonly staticKeys: readonly Address[];
  /** Base58 of 32 bytes: a recent blockhash, or the value of a durable nonce. */
  readonly recentBlockhash: string;
  readonly instructions: readonly CompiledInstruction[];
  /** Empty in legacy messages. */
  readonly lookups: readonly TableLookup[];
};

/** Set on the first byte of a versioned message; the other seven bits are the version. */
const VERSION_BIT = 0x80;

/** First byte of Solana's off-chain messages, chosen so that no transaction begins with it. */
const OFF_CHAIN_BYTE = 0xff;

const BLOCKHASH_BYTES = 32;

/**
 * Message bytes → message. Takes every byte or none: no trailing bytes, no over-long lengths.
 *
 * @throws AppError `message/empty`, `message/version-unsupported`, `message/off-chain`, `message/truncated`,
 *   `message/length-not-canonical`, `message/trailing-bytes`
 */
export function decodeMessage(bytes: Uint8Array): Message {
  const version = readVersion(bytes);
  const reader = createWireReader(bytes);
  if (version === 0) reader.u8();
  const header = {
    requiredSignatures: reader.u8(),
    readonlySigned: reader.u8(),
    readonlyUnsigned: reader.u8(),
  };
  const staticKeys = readMany(reader, () => reader.address());
  const recentBlockhash = base58.encode(reader.bytes(BLOCKHASH_BYTES));
  const instructions = readMany(reader, () => readInstruction(reader));
  const lookups = version === 0 ? readMany(reader, () => readLookup(reader)) : [];
  if (reader.remaining() > 0) throw new AppError('message/trailing-bytes', { count: reader.remaining() });
  return { version, header, staticKeys, recentBlockhash, instructions, lookups };
}

/** Message → its one canonical encoding. */
export function encodeMessage(message: Message): Uint8Array {
  const { header, staticKeys, instructions, lookups } = message;
  const isVersioned = message.version === 0;
  const parts = [
    Uint8Array.of(
      ...(isVersioned ? [VERSION_BIT] : []),
      header.requiredSignatures,
      header.readonlySigned,
      header.readonlyUnsigned,
      ...encodeCompactU16(staticKeys.length),
    ),
    ...staticKeys.map(addressToBytes),
    base58.decode(message.recentBlockhash),
    Uint8Array.from(encodeCompactU16(instructions.length)),
  ];
  for (const { programIndex, accountIndexes, data } of instructions) {
    const accounts = [...encodeCompactU16(accountIndexes.length), ...accountIndexes];
    parts.push(Uint8Array.of(programIndex, ...accounts, ...encodeCompactU16(data.length)), data);
  }
  if (isVersioned) {
    parts.push(Uint8Array.from(encodeCompactU16(lookups.length)));
    for (const { table, writableIndexes, readonlyIndexes } of lookups) {
      const writable = [...encodeCompactU16(writableIndexes.length), ...writableIndexes];
      const readonly = [...encodeCompactU16(readonlyIndexes.length), ...readonlyIndexes];
      parts.push(addressToBytes(table), Uint8Array.of(...writable, ...readonly));
    }
  }
  return concatBytes(...parts);
}

/**
 * The version the first byte announces, before anything else is read.
 *
 * @throws AppError `message/empty`, `message/version-unsupported`, `message/off-chain`
 */
export function readVersion(bytes: Uint8Array): 'legacy' | 0 {
  const [first] = bytes;
  if (first === undefined) throw new AppError('message/empty', {});
  if (first < VERSION_BIT) return 'legacy';
  if (first === VERSION_BIT) return 0;
  if (first === OFF_CHAIN_BYTE) throw new AppError('message/off-chain', {});
  throw new AppError('message/version-unsupported', { version: first & ~VERSION_BIT });
}

/** Whether the static key at this index must sign. */
export function isSignerIndex({ header }: Message, index: number): boolean {
  return index < header.requiredSignatures;
}

/** Whether the account at this index, table accounts counted after the static ones, may be written. */
export function isWritableIndex({ header, staticKeys, lookups }: Message, index: number): boolean {
  if (index < header.requiredSignatures) return index < header.requiredSignatures - header.readonlySigned;
  if (index < staticKeys.length) return index < staticKeys.length - header.readonlyUnsigned;
  const writableFromTables = lookups.reduce((sum, { writableIndexes }) => sum + writableIndexes.length, 0);
  return index < staticKeys.length + writableFromTables;
}

function readInstruction(reader: WireReader): CompiledInstruction {
  const programIndex = reader.u8();
  const accountIndexes = Array.from(reader.bytes(reader.compactU16()));
  const length = reader.compactU16();
  const dataOffset = reader.offset();
  return { programIndex, accountIndexes, data: reader.bytes(length), dataOffset };
}

function readLookup(reader: WireReader): TableLookup {
  return {
    table: reader.address(),
    writableIndexes: Array.from(reader.bytes(reader.compactU16())),
    readonlyIndexes: Array.from(reader.bytes(reader.compactU16())),
  };
}

function readMany<T>(reader: WireReader, read: () => T): T[] {
  const count = reader.compactU16();
  const items: T[] = [];
  for (let index = 0; index < count; index += 1) items.push(read());
  return items;
}
