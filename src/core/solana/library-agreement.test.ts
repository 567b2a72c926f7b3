import { Message as Web3Message, VersionedMessage } from '@solana/web3.js';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { readFixtureTransactions } from '#test/signing/fixture-transactions.ts';
import { countOf, reportCounts } from '#test/signing/report-counts.ts';
import { runsFor } from '#test/signing/share-of-work.ts';
import { addressFromBytes, addressToBytes } from './address.ts';
import { MAX_TRANSACTION_BYTES, passCanonicalGate, wireSize } from './canonical-gate.ts';
import { encodeMessage, isSignerIndex, isWritableIndex, type Message } from './message.ts';

const counts = { generated: 0, damaged: 0, bothAccept: 0, onlyLibrary: 0, nobody: 0 };

afterAll(() => {
  const { generated, damaged, bothAccept, onlyLibrary, nobody } = counts;
  reportCounts(
    'T4',
    `${countOf(generated)} generated messages written, read and written again; of ${countOf(damaged)} damaged ones ` +
      `${countOf(bothAccept)} read by both, ${countOf(onlyLibrary)} by the library alone, ${countOf(nobody)} by nobody; 0 differences`,
  );
});

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** On both sides of 128, where a length takes a second byte. */
const data = fc.oneof(
  { weight: 5, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 120, maxLength: 300 }) },
);
const indexesFrom = (max: number, least = 0) => fc.array(fc.nat(max), { minLength: least, maxLength: 8 });

const lookup = fc
  .record({
    table: bytes32.map(addressFromBytes),
    writableIndexes: indexesFrom(255),
    readonlyIndexes: indexesFrom(255),
  })
  .filter((each) => tableAccounts([each]) > 0);

/** Any message the network would take to its runtime. */
const message: fc.Arbitrary<Message> = fc
  .record({
    version: fc.constantFrom<('legacy' | 0)[]>('legacy', 0),
    keys: fc.uniqueArray(bytes32, { minLength: 2, maxLength: 12, selector: hexOf }),
    recent: bytes32,
    lookups: fc.array(lookup, { maxLength: 2 }),
    places: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  })
  .chain(({ version, keys, recent, lookups: drawn, places: [a, b, c] }) => {
    const lookups = version === 0 ? drawn : [];
    const total = keys.length + tableAccounts(lookups);
    const requiredSignatures = 1 + (a % Math.min(keys.length, 6));
    const header = {
      requiredSignatures,
      readonlySigned: b % requiredSignatures,
      readonlyUnsigned: c % (keys.length - requiredSignatures + 1),
    };
    const instruction = fc.record({
      programIndex: fc.integer({ min: 1, max: keys.length - 1 }),
      accountIndexes: indexesFrom(total - 1),
      data,
      dataOffset: fc.constant(0),
    });
    return fc.array(instruction, { maxLength: 5 }).map((instructions): Message => ({
      version,
      header,
      staticKeys: keys.map(addressFromBytes),
      recentBlockhash: addressFromBytes(recent),
      instructions,
      lookups,
    }));
  })
  .filter((made) => wireSize(encodeMessage(made).length, made.header.requiredSignatures) <= MAX_TRANSACTION_BYTES);

describe('messages nobody wrote by hand', () => {
  test('come back as they were, and the library reads and writes the same', () => {
    fc.assert(
      fc.property(message, (made) => {
        const bytes = encodeMessage(made);
        const ours = passCanonicalGate(bytes);
        expectSame(readingOf(ours), readingOf(made));
        expectSame(hexOf(encodeMessage(ours)), hexOf(bytes));
        expectSameReading(ours, bytes);
        counts.generated += 1;
      }),
      { numRuns: runsFor(10_000) },
    );
  });

  const fixtures = readFixtureTransactions().map(({ message: bytes }) => bytes);
  const damage = fc.array(
    fc.record({ kind: fc.constantFrom('set', 'insert', 'remove', 'double'), at: fc.nat(), byte: fc.nat(255) }),
    { minLength: 1, maxLength: 4 },
  );

  test('that are damaged are read by both alike or not by us', () => {
    const whole = fc.oneof(message.map(encodeMessage), fc.constantFrom(...fixtures));
    fc.assert(
      fc.property(whole, damage, (bytes, changes) => {
        const damaged = changes.reduce(damagedBy, bytes);
        counts.damaged += 1;
        const ours = readOrRefuse(damaged);
        if (ours) {
          counts.bothAccept += 1;
          expectSameReading(ours, damaged);
          expectSame(hexOf(encodeMessage(ours)), hexOf(damaged));
        } else if (libraryReads(damaged)) counts.onlyLibrary += 1;
        else counts.nobody += 1;
      }),
      { numRuns: runsFor(10_000) },
    );
    expect(counts.bothAccept).toBeGreaterThan(0);
    expect(counts.onlyLibrary).toBeGreaterThan(0);
  });
});

type Change = { readonly kind: string; readonly at: number; readonly byte: number };

function damagedBy(bytes: Uint8Array, { kind, at, byte }: Change): Uint8Array {
  const place = at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (kind) {
    case 'set':
      return Uint8Array.of(...before, byte, ...after.subarray(1));
    case 'insert':
      return Uint8Array.of(...before, byte, ...after);
    case 'remove':
      return Uint8Array.of(...before, ...after.subarray(1));
    default:
      return Uint8Array.of(...before, ...after.subarray(0, 32), ...after);
  }
}

function readOrRefuse(bytes: Uint8Array): Message | undefined {
  try {
    return passCanonicalGate(bytes);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function libraryReads(bytes: Uint8Array): boolean {
  try {
    VersionedMessage.deserialize(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What the app reads is what `VersionedMessage.deserialize`, and `Message.from` of legacy ones, read; in every part. */
function expectSameReading(ours: Message, bytes: Uint8Array): void {
  const due = readingOf(ours);
  const theirs = VersionedMessage.deserialize(bytes);
  expectSame(libraryReading(theirs), due);
  expectSame(hexOf(theirs.serialize()), hexOf(bytes));
  if (ours.version === 'legacy') expectSame(libraryReading(Web3Message.from(bytes)), due);
}

/** One assertion, whatever is compared. */
function expectSame(found: string, due: string): void {
  if (found !== due) expect(found).toBe(due);
}

/** Every part of a message as one text. */
function readingOf(message: Message): string {
  const { version, header, staticKeys, recentBlockhash, instructions, lookups } = message;
  const total = staticKeys.length + tableAccounts(lookups);
  return JSON.stringify({
    version,
    header: [header.requiredSignatures, header.readonlySigned, header.readonlyUnsigned],
    keys: staticKeys.map((key) => hexOf(addressToBytes(key))),
    recentBlockhash,
    instructions: instructions.map((each) => [each.programIndex, each.accountIndexes, hexOf(each.data)]),
    lookups: lookups.map((each) => [hexOf(addressToBytes(each.table)), each.writableIndexes, each.readonlyIndexes]),
    rights: Array.from({ length: total }, (_, index) => [
      isSignerIndex(message, index),
      isWritableIndex(message, index),
    ]),
  });
}

function libraryReading(message: VersionedMessage): string {
  const { version, header, staticAccountKeys, recentBlockhash, compiledInstructions, addressTableLookups } = message;
  const total = staticAccountKeys.length + tableAccounts(addressTableLookups);
  return JSON.stringify({
    version,
    header: [header.numRequiredSignatures, header.numReadonlySignedAccounts, header.numReadonlyUnsignedAccounts],
    keys: staticAccountKeys.map((key) => hexOf(key.toBytes())),
    recentBlockhash,
    instructions: compiledInstructions.map((each) => [each.programIdIndex, each.accountKeyIndexes, hexOf(each.data)]),
    lookups: addressTableLookups.map((each) => [
      hexOf(each.accountKey.toBytes()),
      each.writableIndexes,
      each.readonlyIndexes,
    ]),
    rights: Array.from({ length: total }, (_, index) => [
      message.isAccountSigner(index),
      message.isAccountWritable(index),
    ]),
  });
}

type Indexes = { readonly writableIndexes: readonly number[]; readonly readonlyIndexes: readonly number[] };

function tableAccounts(lookups: readonly Indexes[]): number {
  return lookups.reduce((sum, each) => sum + each.writableIndexes.length + each.readonlyIndexes.length, 0);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
