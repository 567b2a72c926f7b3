import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { programAccount, programDataAccount } from '#test/builders/program-accounts.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { MAX_PROGRAM_DATA_BYTES, readDeployment } from './deployment.ts';
import { programDataAddress } from './loader-state.ts';

const { coordinator, treasurer } = DEFAULT_PROGRAM_IDS;
const program = programAccount(coordinator);
const code = programDataAccount(coordinator, {
  slot: 77n,
  authority: TOKEN_PROGRAM,
  elf: Uint8Array.of(127, 69, 76, 70),
});
const programData = programDataAddress(coordinator);

const withByte = (account: Account, index: number, value: number): Account => {
  const data = account.data.slice();
  data[index] = value;
  return { ...account, data };
};
const cut = (account: Account, length: number): Account => ({ ...account, data: account.data.slice(0, length) });

describe('what is deployed at a program’s address', () => {
  test('is read from the program account and the first 45 bytes of its code’s', () => {
    expect(readDeployment(coordinator, program, cut(code, 45))).toEqual({
      kind: 'head',
      programData,
      head: { deploySlot: 77n, authority: TOKEN_PROGRAM, sizeBytes: 49 },
    });
  });

  test('is final when there is no authority, whatever the bytes behind the option are', () => {
    expect(readDeployment(coordinator, program, withByte(code, 12, 0))).toEqual({
      kind: 'head',
      programData,
      head: { deploySlot: 77n, sizeBytes: 49 },
    });
  });

  test.each<[string, Account | undefined, Account | undefined, object]>([
    ['nothing', undefined, undefined, { kind: 'missing' }],
    ['a wallet', { ...program, executable: false, owner: SYSTEM_PROGRAM }, undefined, { kind: 'not-executable' }],
    [
      'a program of another loader',
      { ...program, owner: TOKEN_PROGRAM },
      code,
      { kind: 'foreign-loader', owner: TOKEN_PROGRAM },
    ],
    ['a program without code', program, undefined, { kind: 'closed', programData }],
    ['a program whose code was closed', program, withByte(code, 0, 0), { kind: 'closed', programData }],
    ['an account that is too short', cut(program, 35), code, { kind: 'malformed' }],
    ['an executable buffer', withByte(program, 0, 1), code, { kind: 'malformed' }],
    ['a program that names another’s code', programAccount(treasurer), code, { kind: 'malformed' }],
    ['code of another owner', program, { ...code, owner: SYSTEM_PROGRAM }, { kind: 'malformed' }],
    ['code with another tag', program, withByte(code, 0, 1), { kind: 'malformed' }],
    ['code cut in its header', program, cut(code, 44), { kind: 'malformed' }],
    ['code cut in its tag', program, cut(code, 3), { kind: 'malformed' }],
    ['an option that is neither', program, withByte(code, 12, 2), { kind: 'malformed' }],
    [
      'more code than an account can hold',
      program,
      { ...code, space: MAX_PROGRAM_DATA_BYTES + 1 },
      { kind: 'too-large', sizeBytes: MAX_PROGRAM_DATA_BYTES + 1, maxBytes: MAX_PROGRAM_DATA_BYTES },
    ],
  ])('is said to be so for %s', (_what, at, itsCode, expected) => {
    expect(readDeployment(coordinator, at, itsCode)).toMatchObject(expected);
  });

  test('is never a failure, whatever the bytes are', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const found = readDeployment(coordinator, { ...program, data: first }, { ...code, data: second });
        expect(['head', 'closed', 'malformed']).toContain(found.kind);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
