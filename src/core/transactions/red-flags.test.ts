import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { describe, expect, test } from 'vitest';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { MEMO_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { type BuiltAccount, le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { summarize } from './summarize.ts';

const me = someAddress(1);
const [a, b, c, d] = [someAddress(11), someAddress(12), someAddress(13), someAddress(14)];
const bytesOf = (address: Address) => [...addressToBytes(address)];
const system = (tag: number, accounts: BuiltAccount[], rest: number[] = []) =>
  someInstruction(SYSTEM_PROGRAM, accounts, [tag, 0, 0, 0, ...rest]);
const token = (accounts: BuiltAccount[], data: number[]) => someInstruction(TOKEN_PROGRAM, accounts, data);
const FREE_COORDINATOR = [0x59, 0xd8, 0xd7, 0xe5, 0xdf, 0xf2, 0x4a, 0x20];
const owner: BuiltAccount = [me, 's'];

describe('what depends on whose account it is', () => {
  const codes = (instruction: ReturnType<typeof someInstruction>) =>
    summarize(someMessage({ payer: me, instructions: [instruction] }), { own: [me] }).flags.map(({ code }) => code);

  test('closing into an own account is not red for where the SOL goes; a run’s end always is', () => {
    expect(codes(token([[a, 'w'], [me, 'w'], owner], [9]))).toEqual([]);
    expect(
      codes(someInstruction(DEFAULT_PROGRAM_IDS.coordinator, [owner, [me, 'w'], [b, 'w'], [c, 'w']], FREE_COORDINATOR)),
    ).toEqual(['run/close']);
  });

  test('making room in a fresh account is not red', () => {
    expect(codes(system(8, [[a, 'sw']], le(10, 8)))).toEqual([]);
    const data = [...le(1, 8), ...le(119_160, 8), ...bytesOf(DEFAULT_PROGRAM_IDS.coordinator)];
    expect(
      codes(
        system(
          0,
          [
            [me, 'sw'],
            [a, 'sw'],
          ],
          data,
        ),
      ),
    ).toEqual([]);
  });

  test('an account without the rights its program asks for is pointed out', () => {
    expect(codes(system(2, [[me, 's'], [a]], le(1, 8)))).toContain('accounts/not-writable');
    expect(
      codes(
        system(
          2,
          [
            [b, 'w'],
            [a, 'w'],
          ],
          le(1, 8),
        ),
      ),
    ).toContain('accounts/not-signer');
  });

  test('a multisig authority need not sign when its members do', () => {
    expect(codes(token([[a, 'w'], [b], [c, 'w'], [d], owner], [12, ...le(1, 8), 2]))).toEqual([]);
    expect(codes(token([[a, 'w'], [b], [c, 'w'], [d]], [12, ...le(1, 8), 2]))).toEqual(['accounts/not-signer']);
  });

  test('an own key that only signs for an unknown program is red as well', () => {
    const made = summarize(someMessage({ payer: b, instructions: [someInstruction(d, [owner], [])] }), { own: [me] });
    expect(made.flags.map(({ code }) => code)).toEqual(['program/unknown', 'program/own-signer']);
  });

  test('hidden characters in a memo are marked and its bytes shown', () => {
    const made = summarize(
      someMessage({ payer: me, instructions: [someInstruction(MEMO_PROGRAM, [], [104, 0xe2, 0x80, 0x8b])] }),
      { own: [me] },
    );
    expect(made.flags).toMatchObject([{ level: 'warn', code: 'text/hidden-characters' }]);
    expect(made.instructions[0]?.fields).toMatchObject([{ value: 'h\uFFFD', hex: '68e2808b' }]);
  });

  test('a transaction nobody here signs says so', () => {
    const made = summarize(someMessage({ payer: b, instructions: [] }), { own: [me] });
    expect(made.flags).toMatchObject([{ level: 'warn', code: 'signers/none-own' }]);
    expect(made.outflows).toEqual([]);
  });
});
