import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountFromJson, accountToJson } from '#core/accounts/to-json.ts';
import { ACCOUNT_SIZES, PROGRAM_NAMES, type ProgramName } from '#core/layouts/programs.ts';
import { arbitraryValue } from '#test/arbitrary-value.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { psycheJson } from '#test/psyche-files.ts';
import { decodeAccount, encodeAccount } from './account-codec.ts';
import { accountInterface, programInterface } from './program-interface.ts';

type Vector = {
  name: string;
  program: ProgramName;
  account: string;
  allocatedSize: number;
  dataHex: string;
  decoded: unknown;
};

const { vectors } = psycheJson<{ vectors: Vector[] }>('vectors/borsh-accounts.json');
const accounts = PROGRAM_NAMES.flatMap((program) =>
  programInterface(program).accounts.map(({ name, discriminator }) => ({ program, name, discriminator })),
);
const borshAccounts = accounts.filter(({ name }) => name !== 'CoordinatorAccount');

describe.each(vectors)('$name', ({ program, account, allocatedSize, dataHex, decoded }) => {
  const data = hexToBytes(dataHex);

  test('decodes to the expected values, whatever is allocated behind them', () => {
    const { value, usedBytes } = decodeAccount(program, account, data);
    expect(accountToJson(program, account, value)).toEqual(decoded);
    expect(data.subarray(usedBytes).every((byte) => byte === 0)).toBe(true);
  });

  test('encodes to the used bytes', () => {
    const encoded = encodeAccount(program, account, toRecord(accountFromJson(program, account, decoded)));
    const padded = new Uint8Array(allocatedSize);
    padded.set(encoded);
    expect(bytesToHex(padded)).toBe(dataHex);
  });

  test('is refused when cut anywhere', () => {
    const { usedBytes } = decodeAccount(program, account, data);
    for (let length = 0; length < usedBytes; length++) {
      expect(() => decodeAccount(program, account, data.subarray(0, length))).toThrow(
        expect.objectContaining({ code: length < 8 ? 'account/discriminator' : 'codec/too-short' }),
      );
    }
  });

  test('has the size that is allocated for its type', () => {
    const sizes: Readonly<Record<string, number>> = ACCOUNT_SIZES;
    expect(sizes[account] ?? allocatedSize).toBe(allocatedSize);
  });
});

test.each(accounts)('$name carries the discriminator of its name', ({ name, discriminator }) => {
  expect(bytesToHex(discriminator)).toBe(bytesToHex(sha256(utf8ToBytes(`account:${name}`)).slice(0, 8)));
});

test.each(borshAccounts)('$name round-trips any value', ({ program, name }) => {
  fc.assert(
    fc.property(arbitraryValue(accountInterface(program, name).shape), (value) => {
      expect(decodeAccount(program, name, encodeAccount(program, name, toRecord(value))).value).toEqual(value);
    }),
    { numRuns: propertyRuns() },
  );
});

test.each(borshAccounts)('random bytes as a $name are understood or refused with a code', (account) => {
  const { program, name, discriminator } = account;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
      const code = errorCodeOf(() => decodeAccount(program, name, Uint8Array.of(...discriminator, ...tail)));
      expect(code === undefined || code.startsWith('codec/')).toBe(true);
    }),
    { numRuns: propertyRuns() },
  );
});

test('a list that claims four thousand million items is refused without being built', () => {
  const authorization = vectors.find(({ name }) => name === 'Authorization/fresh');
  const data = hexToBytes(authorization?.dataHex ?? '');
  data.fill(0xff, data.length - 12, data.length - 8);
  expect(() => decodeAccount('authorizer', 'Authorization', data)).toThrow(
    expect.objectContaining({ code: 'codec/too-short', params: expect.objectContaining({ path: 'delegates[0]' }) }),
  );
});

test('an account name nobody declared is refused', () => {
  expect(() => decodeAccount('treasurer', 'Nothing', new Uint8Array(8))).toThrow(
    expect.objectContaining({ code: 'codec/unknown-account' }),
  );
});

function toRecord(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}));
}
