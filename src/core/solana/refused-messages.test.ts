import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { compactLengthsOf } from '#test/signing/compact-lengths.ts';
import { type NamedMessage, readFixtureTransactions } from '#test/signing/fixture-transactions.ts';
import { countOf, reportCounts } from '#test/signing/report-counts.ts';
import { everyNth } from '#test/signing/share-of-work.ts';
import { addressToBytes } from './address.ts';
import { MAX_TRANSACTION_BYTES, passCanonicalGate, SIGNATURE_BYTES, wireSize } from './canonical-gate.ts';
import { encodeMessage } from './message.ts';
import { decodeTransaction, encodeTransaction } from './transaction.ts';
import { SYSTEM_PROGRAM } from './program-ids.ts';

const step = everyNth();
/** Those with lookup tables in any case. */
const transactions = readFixtureTransactions().filter(
  ({ name }, index) => index % step === 0 || name.includes('tables'),
);
/** How often each code was the answer. */
const met = new Map<string, number>();

afterAll(() => {
  const cases = [...met.values()].reduce((sum, count) => sum + count, 0);
  const words = [...met]
    .toSorted(([, one], [, other]) => other - one)
    .map(([code, count]) => `${code} ${countOf(count)}`);
  reportCounts('T3', `${countOf(cases)} damaged messages of ${transactions.length}: ${words.join(', ')}`);
});

function refusalOf(work: () => unknown): { readonly code: string; readonly params: Readonly<Record<string, unknown>> } {
  try {
    work();
    return counted({ code: 'accepted', params: {} });
  } catch (error) {
    if (isAppError(error)) return counted({ code: error.code, params: { ...error.params } });
    throw error;
  }
}

function counted<T extends { readonly code: string }>(refusal: T): T {
  met.set(refusal.code, (met.get(refusal.code) ?? 0) + 1);
  return refusal;
}

/** Fails with the case rather than with thousands of assertions. */
function expectCode(message: Uint8Array, due: string, what: string) {
  const { code, params } = refusalOf(() => passCanonicalGate(message));
  if (code !== due) throw new Error(`${what}: ${code} instead of ${due}`);
  return params;
}

function replaced(message: Uint8Array, start: number, end: number, bytes: readonly number[]): Uint8Array {
  return Uint8Array.of(...message.subarray(0, start), ...bytes, ...message.subarray(end));
}

const versionBytes = (message: Uint8Array) => ((message[0] ?? 0) >= 0x80 ? 1 : 0);

const transfer = someInstruction(
  SYSTEM_PROGRAM,
  [
    [someAddress(1), 'sw'],
    [someAddress(2), 'w'],
  ],
  [2, 0, 0, 0, ...le(5, 8)],
);
const legacy = someMessage({ instructions: [transfer] });
const versioned = someMessage({ instructions: [transfer], version: 0 });

describe.each<NamedMessage>([...transactions])('$name', ({ message }) => {
  const decoded = passCanonicalGate(message);
  const { header, staticKeys, instructions } = decoded;
  const totalKeys =
    staticKeys.length +
    decoded.lookups.reduce((sum, each) => sum + each.writableIndexes.length + each.readonlyIndexes.length, 0);

  test('is refused when anything follows it', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      expectCode(Uint8Array.of(...message, byte), 'message/trailing-bytes', `byte ${byte} behind it`);
    }
    expectCode(Uint8Array.of(...message, ...message), 'message/trailing-bytes', 'itself behind it');
  });

  test('is refused at every length but its own', () => {
    expectCode(new Uint8Array(), 'message/empty', 'nothing');
    for (let length = 1; length < message.length; length += 1) {
      expectCode(message.subarray(0, length), 'message/truncated', `${length} bytes`);
    }
  });

  test('is refused when a length is not written in its one form', () => {
    for (const { start, end, value, of } of compactLengthsOf(message)) {
      const forms = [...longerForms(value), ...FORMS_PAST_U16];
      for (const form of forms) {
        const damaged = replaced(message, start, end, form);
        const params = expectCode(damaged, 'message/length-not-canonical', `${of} at ${start} as ${form.join(' ')}`);
        if (params['offset'] !== start)
          throw new Error(`${of} at ${start} is told as byte ${String(params['offset'])}`);
      }
    }
  });

  test('is refused when a key is listed twice', () => {
    const start = versionBytes(message) + 3 + (staticKeys.length < 0x80 ? 1 : 2);
    for (const [to] of staticKeys.entries()) {
      for (const [from, address] of staticKeys.entries()) {
        if (from === to) continue;
        const twice = replaced(message, start + 32 * to, start + 32 * to + 32, [...addressToBytes(address)]);
        expectCode(twice, 'message/duplicate-key', `key ${to} as ${from}`);
      }
    }
  });

  test('is refused for a header its keys do not bear out, by the first rule it breaks', () => {
    const keys = staticKeys.length;
    const signers = header.requiredSignatures;
    const edges = new Set([0, 1, signers - 1, signers, signers + 1, keys - signers, keys, keys + 1, 127]);
    for (const required of edges) {
      for (const readonlySigned of [...edges, 255]) {
        for (const readonlyUnsigned of [...edges, 255]) {
          const at = versionBytes(message);
          const code = headerCode({ required, readonlySigned, readonlyUnsigned }, keys, message.length);
          const damaged = replaced(message, at, at + 3, [required, readonlySigned, readonlyUnsigned]);
          expectCode(damaged, code, `header ${required} ${readonlySigned} ${readonlyUnsigned}`);
        }
      }
    }
    expect(headerCode({ required: header.requiredSignatures, ...header }, keys, message.length)).toBe('accepted');
  });

  test('is refused for an index no key has, and for a program that is payer or from a table', () => {
    for (const [which, instruction] of instructions.entries()) {
      const withInstruction = (change: Partial<(typeof instructions)[number]>) =>
        encodeMessage({
          ...decoded,
          instructions: instructions.map((each, index) => (index === which ? { ...each, ...change } : each)),
        });
      for (let index = 0; index < 256; index += 1) {
        const code =
          index >= totalKeys
            ? 'message/index-out-of-range'
            : index === 0
              ? 'message/program-is-payer'
              : index >= staticKeys.length
                ? 'message/program-from-table'
                : 'accepted';
        expectCode(withInstruction({ programIndex: index }), code, `program ${index} of instruction ${which}`);
      }
      for (const [place] of instruction.accountIndexes.entries()) {
        for (const index of [totalKeys, totalKeys + 1, 127, 128, 255].filter((each) => each >= totalKeys)) {
          const damaged = withInstruction({ accountIndexes: instruction.accountIndexes.with(place, index) });
          expectCode(damaged, 'message/index-out-of-range', `account ${index} of instruction ${which}`);
        }
      }
    }
  });
});

describe('the first byte', () => {
  test.each([
    ['legacy', legacy],
    ['version 0', versioned],
  ])('decides what a %s message is, whatever follows', (_kind, message) => {
    for (let first = 0; first < 256; first += 1) {
      expectCode(Uint8Array.of(first, ...message.subarray(1)), firstByteCode(first, message), `first byte ${first}`);
      expectCode(
        Uint8Array.of(first),
        first === 0xff ? 'message/off-chain' : first > 0x80 ? 'message/version-unsupported' : 'message/truncated',
        `${first} alone`,
      );
    }
  });

  test('names the version it does not support', () => {
    for (let version = 1; version < 127; version += 1) {
      const act = () => passCanonicalGate(Uint8Array.of(0x80 + version, ...versioned.subarray(1)));
      expect(act).toThrow(expect.objectContaining({ code: 'message/version-unsupported', params: { version } }));
    }
  });
});

describe('the edges of what a message may name and weigh', () => {
  const plain = passCanonicalGate(versioned);
  const withTable = (writable: number, readonly: number): Uint8Array =>
    encodeMessage({
      ...plain,
      lookups: [{ table: someAddress(40), writableIndexes: indexes(writable), readonlyIndexes: indexes(readonly) }],
    });

  test('256 accounts pass, 257 do not', () => {
    const left = 256 - plain.staticKeys.length;
    for (const writable of [0, 1, 100, left]) {
      expectCode(withTable(writable, left - writable), 'accepted', `${writable} writable`);
      expectCode(
        withTable(writable, left - writable + 1),
        'message/too-many-keys',
        `${writable} writable and one more`,
      );
    }
  });

  test('a table nothing is taken from is refused, alone and beside another', () => {
    const table = { table: someAddress(40), writableIndexes: [1], readonlyIndexes: [2] };
    const empty = { table: someAddress(41), writableIndexes: [], readonlyIndexes: [] };
    for (const lookups of [[empty], [table, empty], [empty, table]]) {
      expectCode(encodeMessage({ ...plain, lookups }), 'message/lookup-empty', `${lookups.length} tables`);
    }
  });

  test('1,232 bytes pass with all signatures, 1,233 do not', () => {
    for (const signers of [1, 2, 8]) {
      for (const size of [MAX_TRANSACTION_BYTES - 1, MAX_TRANSACTION_BYTES, MAX_TRANSACTION_BYTES + 1]) {
        const message = ofWireSize(size, signers);
        expect(wireSize(message.length, signers)).toBe(size);
        expectCode(message, size > MAX_TRANSACTION_BYTES ? 'message/too-large' : 'accepted', `${size} bytes`);
      }
    }
  });
});

describe('a transaction on the wire', () => {
  const wire = encodeTransaction([new Uint8Array(SIGNATURE_BYTES).fill(7)], legacy);
  const wireCode = (bytes: Uint8Array): string => refusalOf(() => decodeTransaction(bytes)).code;

  test('is refused at every length but its own, and with anything behind it', () => {
    for (let length = 0; length < wire.length; length += 1) {
      const code = length === 0 || length === 1 + SIGNATURE_BYTES ? 'message/empty' : 'message/truncated';
      expect([length, wireCode(wire.subarray(0, length))]).toEqual([length, code]);
    }
    for (let byte = 0; byte < 256; byte += 1)
      expect(wireCode(Uint8Array.of(...wire, byte))).toBe('message/trailing-bytes');
  });

  test('is refused for every number of signatures but the required one', () => {
    for (let count = 0; count <= 16; count += 1) {
      if (count === 1) continue;
      const bytes = Uint8Array.of(count, ...new Uint8Array(SIGNATURE_BYTES * count), ...legacy);
      expect(wireCode(bytes)).toBe('transaction/signature-count');
      const signatures = Array.from({ length: count }, () => new Uint8Array(SIGNATURE_BYTES));
      expect(refusalOf(() => encodeTransaction(signatures, legacy)).code).toBe('transaction/signature-count');
    }
  });

  test('is refused for a number of signatures that is not written in its one form', () => {
    for (const form of [...longerForms(1), ...longerForms(0)]) {
      const bytes = Uint8Array.of(...form, ...wire.subarray(1));
      const first = form[0] ?? 0;
      expect(wireCode(bytes)).toBe(first === 0x80 ? 'message/length-not-canonical' : 'message/version-unsupported');
    }
  });

  test('is refused before anything is read when it is longer than a packet', () => {
    expect(wireCode(new Uint8Array(MAX_TRANSACTION_BYTES + 1))).toBe('message/too-large');
    expect(wireCode(new Uint8Array(MAX_TRANSACTION_BYTES))).not.toBe('message/too-large');
  });
});

/** Longer ways to write the same length: the last bytes are zero. */
function longerForms(value: number): number[][] {
  const two = [(value & 0x7f) | 0x80, value >> 7];
  const three = [(value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, 0];
  return value < 0x80 ? [two, three] : [three];
}

/** Three bytes that say more than 65,535, or that there is a fourth. */
const FORMS_PAST_U16 = [4, 5, 7, 8, 64, 127, 128, 129, 132, 255].map((last) => [0x80, 0x80, last]);

type Header = { readonly required: number; readonly readonlySigned: number; readonly readonlyUnsigned: number };

/** The rules of the network in their order: a signer, a writable one first, keys for all of them, one packet. */
function headerCode(
  { required, readonlySigned, readonlyUnsigned }: Header,
  keys: number,
  messageBytes: number,
): string {
  if (required < 1) return 'message/no-signer';
  if (required - readonlySigned < 1) return 'message/payer-read-only';
  if (required + readonlyUnsigned > keys) return 'message/header-exceeds-keys';
  return 1 + 64 * required + messageBytes > 1232 ? 'message/too-large' : 'accepted';
}

/** A transfer has three keys, no read-only signer and one read-only key that does not sign. */
function firstByteCode(first: number, message: Uint8Array): string {
  if (first === 0xff) return 'message/off-chain';
  if (first > 0x80) return 'message/version-unsupported';
  const isVersioned = first === 0x80;
  // Read as the other kind, everything lies one byte off, and the keys of this message end it early.
  if (isVersioned !== (message === versioned)) return 'message/trailing-bytes';
  return isVersioned
    ? 'accepted'
    : headerCode({ required: first, readonlySigned: 0, readonlyUnsigned: 1 }, 3, message.length);
}

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index % 256);
}

/** A message with so many signers whose last instruction is as long as it takes. */
function ofWireSize(size: number, signers: number): Uint8Array {
  const others = Array.from({ length: signers - 1 }, (_, index) => [someAddress(100 + index), 's'] as const);
  const filled = (bytes: number): Uint8Array =>
    someMessage({ instructions: [transfer, someInstruction(someAddress(50), others, new Uint8Array(bytes))] });
  const missing = size - wireSize(filled(200).length, signers);
  return filled(200 + missing);
}
