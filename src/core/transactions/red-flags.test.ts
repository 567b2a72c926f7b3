import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { describe, expect, test } from 'vitest';
import type { Address } from '#core/solana/address.ts';
import {
  COMPUTE_BUDGET_PROGRAM,
  LOADER_V4,
  MEMO_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
  RENT_SYSVAR,
  STAKE_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  UPGRADEABLE_LOADER,
  VOTE_PROGRAM,
} from '#core/solana/program-ids.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { type BuiltAccount, le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { summarize } from './summarize.ts';

const me = someAddress(1);
const [a, b, c, d] = [someAddress(11), someAddress(12), someAddress(13), someAddress(14)];
const bytesOf = (address: Address) => [...addressToBytes(address)];
const system = (tag: number, accounts: BuiltAccount[], rest: number[] = []) =>
  someInstruction(SYSTEM_PROGRAM, accounts, [tag, 0, 0, 0, ...rest]);
const token = (accounts: BuiltAccount[], data: number[]) => someInstruction(TOKEN_PROGRAM, accounts, data);
const seed = [...le(2, 8), 104, 105];
const discriminator = {
  free: [0x59, 0xd8, 0xd7, 0xe5, 0xdf, 0xf2, 0x4a, 0x20],
  close: [0x81, 0xd0, 0xf8, 0x20, 0xc8, 0x85, 0x57, 0x17],
};
const owner: BuiltAccount = [me, 's'];

/** Everything §3.3 of the security bar calls red, by the code that must appear. */
const RED: [code: string, instruction: ReturnType<typeof someInstruction>][] = [
  ['program/unknown', someInstruction(d, [], [1])],
  ['program/own-writable-signer', someInstruction(d, [[me, 'sw']], [1])],
  [
    'program/own-writable-signer',
    someInstruction(
      TOKEN_2022_PROGRAM,
      [
        [a, 'w'],
        [me, 'sw'],
      ],
      [3, ...le(1, 8)],
    ),
  ],
  ['program/unknown', someInstruction(TOKEN_2022_PROGRAM, [[a, 'w'], [b], [c, 'w'], owner], [12, ...le(1, 8), 0])],
  [
    'instruction/undecoded',
    system(
      2,
      [
        [me, 'sw'],
        [a, 'w'],
      ],
      [...le(1, 8), 0],
    ),
  ],
  ['instruction/undecoded', system(99, [[me, 'sw']])],
  ['instruction/undecoded', token([[a, 'w'], [b], [c, 'w'], owner], [12, ...le(1, 8), 0, 0])],
  ['instruction/undecoded', token([[a, 'w']], [255])],
  ['instruction/undecoded', someInstruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...le(1, 8), 7])],
  ['instruction/undecoded', someInstruction(DEFAULT_PROGRAM_IDS.coordinator, [], [...discriminator.free, 1])],
  ['instruction/undecoded', someInstruction(DEFAULT_PROGRAM_IDS.treasurer, [], [1, 2, 3])],
  ['system/assign', system(1, [[a, 'sw']], bytesOf(d))],
  [
    'system/assign-with-seed',
    system(
      10,
      [
        [a, 'w'],
        [b, 's'],
      ],
      [...bytesOf(b), ...seed, ...bytesOf(d)],
    ),
  ],
  ['system/allocate-own', system(8, [[me, 'sw']], le(10, 8))],
  [
    'system/create-own',
    system(
      0,
      [
        [a, 'sw'],
        [me, 'sw'],
      ],
      [...le(1, 8), ...le(1, 8), ...bytesOf(SYSTEM_PROGRAM)],
    ),
  ],
  [
    'system/foreign-owner',
    system(
      0,
      [
        [me, 'sw'],
        [a, 'sw'],
      ],
      [...le(1, 8), ...le(1, 8), ...bytesOf(d)],
    ),
  ],
  [
    'system/foreign-owner',
    system(
      3,
      [
        [me, 'sw'],
        [a, 'w'],
        [b, 's'],
      ],
      [...bytesOf(b), ...seed, ...le(1, 8), ...le(1, 8), ...bytesOf(d)],
    ),
  ],
  [
    'system/foreign-owner',
    system(
      9,
      [
        [a, 'w'],
        [b, 's'],
      ],
      [...bytesOf(b), ...seed, ...le(1, 8), ...bytesOf(d)],
    ),
  ],
  ['nonce/withdraw', system(5, [[a, 'w'], [b, 'w'], [RECENT_BLOCKHASHES_SYSVAR], [RENT_SYSVAR], owner], le(1, 8))],
  ['nonce/authorize', system(7, [[a, 'w'], owner], bytesOf(d))],
  ['nonce/upgrade', system(12, [[a, 'w']])],
  ['token/transfer-unchecked', token([[a, 'w'], [b, 'w'], owner], [3, ...le(1, 8)])],
  ['token/approve', token([[a, 'w'], [b], owner], [4, ...le(1, 8)])],
  ['token/approve', token([[a, 'w'], [c], [b], owner], [13, ...le(1, 8), 2])],
  ['token/set-authority', token([[a, 'w'], owner], [6, 2, 1, ...bytesOf(d)])],
  ['token/set-authority', token([[a, 'w'], owner], [6, 3, 0])],
  ['token/close-elsewhere', token([[a, 'w'], [b, 'w'], owner], [9])],
  ['token/burn', token([[a, 'w'], [b, 'w'], owner], [8, ...le(1, 8)])],
  ['token/burn', token([[a, 'w'], [b, 'w'], owner], [15, ...le(1, 8), 2])],
  ['loader/upgrade', someInstruction(UPGRADEABLE_LOADER, [[a, 'w']], [3, 0, 0, 0])],
  ['loader/set-authority', someInstruction(UPGRADEABLE_LOADER, [[a, 'w']], [4, 0, 0, 0])],
  ['loader/set-authority', someInstruction(UPGRADEABLE_LOADER, [[a, 'w']], [7, 0, 0, 0])],
  ['loader/close', someInstruction(UPGRADEABLE_LOADER, [[a, 'w']], [5, 0, 0, 0])],
  ['loader/set-authority', someInstruction(LOADER_V4, [[a, 'w']], [5, 0, 0, 0])],
  ...[1, 8, 10, 11].map((tag): (typeof RED)[number] => [
    'stake/authorize',
    someInstruction(STAKE_PROGRAM, [[a, 'w']], [tag, 0, 0, 0]),
  ]),
  ...[1, 7, 10, 11].map((tag): (typeof RED)[number] => [
    'vote/authorize',
    someInstruction(VOTE_PROGRAM, [[a, 'w']], [tag, 0, 0, 0]),
  ]),
  [
    'run/spill-elsewhere',
    someInstruction(DEFAULT_PROGRAM_IDS.coordinator, [owner, [a, 'w'], [b, 'w'], [c, 'w']], discriminator.free),
  ],
  [
    'run/spill-elsewhere',
    someInstruction(DEFAULT_PROGRAM_IDS.authorizer, [owner, [a, 'w'], [b, 'w'], [SYSTEM_PROGRAM]], discriminator.close),
  ],
  [
    'accounts/unexpected',
    system(
      2,
      [
        [me, 'sw'],
        [a, 'w'],
        [b, 'w'],
      ],
      le(1, 8),
    ),
  ],
  ['accounts/missing', system(2, [[me, 'sw']], le(1, 8))],
  ['accounts/wrong-constant', system(4, [[a, 'w'], [b], owner])],
];

const harmless = [
  () =>
    system(
      2,
      [
        [me, 'sw'],
        [a, 'w'],
      ],
      le(1, 8),
    ),
  () => someInstruction(MEMO_PROGRAM, [owner], [104, 105]),
  () => token([[a, 'w'], [b], [c, 'w'], owner], [12, ...le(1, 8), 2]),
];

describe('a red item', () => {
  test.each(RED.map(([code, instruction], index) => [`${code} #${index}`, code, instruction] as const))(
    '%s is flagged wherever it stands among harmless ones',
    (_name, code, red) => {
      for (let others = 0; others <= 8; others += 1) {
        for (let position = 0; position <= others; position += 1) {
          const instructions = Array.from(
            { length: others },
            (_, index) => harmless[index % harmless.length]?.() ?? red,
          );
          instructions.splice(position, 0, red);
          const { flags } = summarize(someMessage({ payer: me, instructions }), { own: [me] });
          expect(flags).toContainEqual(expect.objectContaining({ level: 'typed', code, instructionIndex: position }));
        }
      }
    },
  );

  test('is not seen among harmless ones alone', () => {
    const instructions = Array.from(
      { length: 8 },
      (_, index) => harmless[index % harmless.length]?.() ?? system(99, []),
    );
    expect(summarize(someMessage({ payer: me, instructions }), { own: [me] }).flags).toEqual([]);
  });
});

describe('what depends on whose account it is', () => {
  const codes = (instruction: ReturnType<typeof someInstruction>) =>
    summarize(someMessage({ payer: me, instructions: [instruction] }), { own: [me] }).flags.map(({ code }) => code);

  test('closing into an own account is not red for where the SOL goes; a run’s end always is', () => {
    expect(codes(token([[a, 'w'], [me, 'w'], owner], [9]))).toEqual([]);
    expect(
      codes(
        someInstruction(DEFAULT_PROGRAM_IDS.coordinator, [owner, [me, 'w'], [b, 'w'], [c, 'w']], discriminator.free),
      ),
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
