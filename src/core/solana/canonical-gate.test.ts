import { type PublicKey, type TransactionInstruction, VersionedMessage } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { compileMessage, le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { addressToBytes } from './address.ts';
import { passCanonicalGate } from './canonical-gate.ts';
import { encodeMessage, isSignerIndex, isWritableIndex, type Message } from './message.ts';
import { SYSTEM_PROGRAM } from './program-ids.ts';
import { encodeCompactU16 } from './wire-reader.ts';

const account = fc.tuple(
  fc.integer({ min: 1, max: 12 }).map(someAddress),
  fc.constantFrom<('' | 's' | 'w' | 'sw')[]>('', 's', 'w', 'sw'),
);
const instruction: fc.Arbitrary<TransactionInstruction> = fc
  .tuple(
    fc.integer({ min: 20, max: 24 }).map(someAddress),
    fc.array(account, { maxLength: 8 }),
    fc.uint8Array({ maxLength: 150 }),
  )
  .map(([program, accounts, data]) => someInstruction(program, accounts, data));
const parts = fc.record({
  instructions: fc.array(instruction, { maxLength: 5 }),
  version: fc.constantFrom<('legacy' | 0)[]>('legacy', 0),
});

const transfer = someInstruction(
  SYSTEM_PROGRAM,
  [
    [someAddress(1), 'sw'],
    [someAddress(2), 'w'],
  ],
  [2, 0, 0, 0, ...le(5, 8)],
);
const legacy = someMessage({ instructions: [transfer] });
const v0 = someMessage({ instructions: [transfer], version: 0 });

describe('the canonical gate', () => {
  test('reads every transaction of web3.js as web3.js does, and writes the same bytes', () => {
    fc.assert(
      fc.property(parts, (input) => {
        const theirs = compileMessage(input);
        const bytes = Uint8Array.from(theirs.serialize());
        fc.pre(bytes.length + 1 + 64 * theirs.header.numRequiredSignatures <= 1232);
        const ours = passCanonicalGate(bytes);
        expect(encodeMessage(ours)).toEqual(bytes);
        expect(plain(ours)).toEqual(plainWeb3(theirs));
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('reads lookup tables as web3.js does', () => {
    const places = fc.array(fc.nat(255), { maxLength: 5 });
    const lookup = fc
      .record({
        table: fc.integer({ min: 40, max: 60 }).map(someAddress),
        writableIndexes: places,
        readonlyIndexes: places,
      })
      .filter(({ writableIndexes, readonlyIndexes }) => writableIndexes.length + readonlyIndexes.length > 0);
    fc.assert(
      fc.property(fc.array(lookup, { minLength: 1, maxLength: 3 }), (lookups) => {
        const ours = passCanonicalGate(encodeMessage({ ...passCanonicalGate(v0), lookups }));
        const theirs = VersionedMessage.deserialize(encodeMessage(ours));
        expect(ours.lookups).toEqual(lookups);
        expect(
          theirs.addressTableLookups.map(({ accountKey, writableIndexes, readonlyIndexes }) => ({
            table: accountKey.toBase58(),
            writableIndexes,
            readonlyIndexes,
          })),
        ).toEqual(lookups);
        const fromTables = lookups.flatMap((each) => [...each.writableIndexes, ...each.readonlyIndexes]).length;
        const indexes = Array.from({ length: theirs.staticAccountKeys.length + fromTables }, (_, index) => index);
        expect(indexes.map((index) => isWritableIndex(ours, index))).toEqual(
          indexes.map((index) => theirs.isAccountWritable(index)),
        );
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('agrees with web3.js on who signs and what is writable', () => {
    fc.assert(
      fc.property(parts, (input) => {
        const theirs = compileMessage(input);
        const bytes = Uint8Array.from(theirs.serialize());
        fc.pre(bytes.length + 1 + 64 * theirs.header.numRequiredSignatures <= 1232);
        const ours = passCanonicalGate(bytes);
        for (const index of ours.staticKeys.keys()) {
          expect(isSignerIndex(ours, index)).toBe(theirs.isAccountSigner(index));
          expect(isWritableIndex(ours, index)).toBe(theirs.isAccountWritable(index));
        }
      }),
      { numRuns: propertyRuns() },
    );
  });

  test.each([
    ['legacy', legacy],
    ['v0', v0],
  ])('refuses a %s message cut at any byte', (_name, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(codeOf(bytes.subarray(0, length))).toMatch(/^message\/(empty|truncated)$/);
    }
  });

  test('refuses one byte too many', () => {
    expect(codeOf(Uint8Array.of(...legacy, 0))).toBe('message/trailing-bytes');
    expect(codeOf(Uint8Array.of(...v0, 0))).toBe('message/trailing-bytes');
  });

  test('takes no first byte but a legacy header and version 0', () => {
    const verdicts = Array.from({ length: 256 }, (_, first) => codeOf(Uint8Array.of(first, ...legacy.subarray(1))));
    // With three accounts, the last of them read-only, one or two may sign.
    expect([...verdicts.keys()].filter((first) => verdicts[first] === 'accepted')).toEqual([1, 2]);
    expect(new Set(verdicts.slice(3, 0x80))).toEqual(new Set(['message/header-exceeds-keys']));
    expect(new Set(verdicts.slice(0x81, 0xff))).toEqual(new Set(['message/version-unsupported']));
    expect(verdicts[0xff]).toBe('message/off-chain');
  });

  test('names version 1 as its reason', () => {
    expect(() => passCanonicalGate(Uint8Array.of(0x81, ...v0.subarray(1)))).toThrow(
      expect.objectContaining({ code: 'message/version-unsupported', params: { version: 1 } }),
    );
  });

  test('refuses lengths written in more bytes than they need', () => {
    const keyCountAt = 3;
    const overlong = Uint8Array.of(...legacy.subarray(0, keyCountAt), 0x83, 0x00, ...legacy.subarray(keyCountAt + 1));
    expect(codeOf(overlong)).toBe('message/length-not-canonical');
  });

  test('refuses a length above 65,535', () => {
    expect(codeOf(Uint8Array.of(1, 0, 1, 0xff, 0xff, 0x04, ...legacy.subarray(4)))).toBe(
      'message/length-not-canonical',
    );
  });

  const message = passCanonicalGate(legacy);
  const table = { table: someAddress(30), writableIndexes: [1], readonlyIndexes: [] };

  test.each<[string, string, Message]>([
    ['nobody signs', 'message/no-signer', withHeader([0, 0, 1])],
    ['the payer is read-only', 'message/payer-read-only', withHeader([1, 1, 1])],
    ['the header counts more accounts than there are', 'message/header-exceeds-keys', withHeader([2, 0, 2])],
    ['an account is listed twice', 'message/duplicate-key', withKeys([someAddress(1), someAddress(1), SYSTEM_PROGRAM])],
    ['an account index is out of range', 'message/index-out-of-range', withInstruction({ accountIndexes: [0, 3] })],
    ['a program index is out of range', 'message/index-out-of-range', withInstruction({ programIndex: 3 })],
    ['the program is the payer', 'message/program-is-payer', withInstruction({ programIndex: 0 })],
    [
      'the program comes from a table',
      'message/program-from-table',
      { ...withInstruction({ programIndex: 3 }), version: 0, lookups: [table] },
    ],
    [
      'a lookup takes nothing',
      'message/lookup-empty',
      { ...message, version: 0, lookups: [{ ...table, writableIndexes: [] }] },
    ],
    [
      'more than 256 accounts are named',
      'message/too-many-keys',
      { ...message, version: 0, lookups: [{ ...table, writableIndexes: Array.from({ length: 254 }, (_, i) => i) }] },
    ],
    ['it does not fit with its signatures', 'message/too-large', withInstruction({ data: new Uint8Array(1100) })],
  ])('refuses when %s', (_name, code, broken) => {
    expect(codeOf(encodeMessage(broken))).toBe(code);
  });

  test('counts signatures against the size: the largest message that fits passes, one byte more does not', () => {
    const room = 1232 - 65 - legacy.length;
    const fill = room + 12 - 1;
    expect(codeOf(encodeMessage(withInstruction({ data: new Uint8Array(fill) })))).toBe('accepted');
    expect(codeOf(encodeMessage(withInstruction({ data: new Uint8Array(fill + 1) })))).toBe('message/too-large');
  });

  test('never fails on any bytes but with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(codeOf(bytes)).toMatch(/^(message\/|accepted)/);
      }),
      { numRuns: propertyRuns() },
    );
  });

  function withHeader([requiredSignatures, readonlySigned, readonlyUnsigned]: [number, number, number]): Message {
    return { ...message, header: { requiredSignatures, readonlySigned, readonlyUnsigned } };
  }
  function withKeys(staticKeys: Message['staticKeys']): Message {
    return { ...message, staticKeys };
  }
  function withInstruction(change: Partial<Message['instructions'][number]>): Message {
    return { ...message, instructions: message.instructions.map((each) => ({ ...each, ...change })) };
  }
});

describe('compact lengths', () => {
  test.each([
    [0, [0]],
    [0x7f, [0x7f]],
    [0x80, [0x80, 1]],
    [0x3fff, [0xff, 0x7f]],
    [0x4000, [0x80, 0x80, 1]],
    [0xffff, [0xff, 0xff, 3]],
  ])('write %i as %j', (value, bytes) => {
    expect(encodeCompactU16(value)).toEqual(bytes);
  });

  test('refuse what does not fit', () => {
    expect(() => encodeCompactU16(65_536)).toThrow(RangeError);
  });
});

function codeOf(bytes: Uint8Array): string {
  try {
    passCanonicalGate(bytes);
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

function plain({ header, staticKeys, recentBlockhash, instructions, lookups }: Message) {
  return {
    header: [header.requiredSignatures, header.readonlySigned, header.readonlyUnsigned],
    keys: staticKeys.map((key) => Array.from(addressToBytes(key))),
    recentBlockhash,
    instructions: instructions.map(({ programIndex, accountIndexes, data }) => [
      programIndex,
      [...accountIndexes],
      Array.from(data),
    ]),
    lookups: lookups.length,
  };
}

function plainWeb3(compiled: ReturnType<typeof compileMessage>) {
  const message = VersionedMessage.deserialize(compiled.serialize());
  return {
    header: [
      message.header.numRequiredSignatures,
      message.header.numReadonlySignedAccounts,
      message.header.numReadonlyUnsignedAccounts,
    ],
    keys: message.staticAccountKeys.map((key: PublicKey) => Array.from(key.toBytes())),
    recentBlockhash: message.recentBlockhash,
    instructions: message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => [
      programIdIndex,
      Array.from(accountKeyIndexes),
      Array.from(data),
    ]),
    lookups: message.addressTableLookups.length,
  };
}
