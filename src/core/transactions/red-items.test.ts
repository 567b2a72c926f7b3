import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { encodeMessage } from '#core/solana/message.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
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
import { type BuiltAccount, le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { countOf, reportCounts } from '#test/signing/report-counts.ts';
import { summarize } from './summarize.ts';

const [me, mine] = [someAddress(1), someAddress(2)];
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

/** Everything §3.3 of the security bar calls red about an instruction, by the code that must appear. */
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
  [
    'accounts/derived-mismatch',
    someInstruction(
      ASSOCIATED_TOKEN_PROGRAM,
      [[me, 'sw'], [a, 'w'], [me], [b], [SYSTEM_PROGRAM], [TOKEN_PROGRAM]],
      [1],
    ),
  ],
  ['program/own-signer', someInstruction(d, [[mine, 's']], [1])],
  [
    'run/close',
    someInstruction(DEFAULT_PROGRAM_IDS.coordinator, [owner, [me, 'w'], [b, 'w'], [c, 'w']], discriminator.free),
  ],
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

/** So many of them, in turn. */
function harmlessOnes(count: number): ReturnType<typeof someInstruction>[] {
  return Array.from({ length: count }, (_, index) => harmless[index % harmless.length]?.() ?? system(99, []));
}

const MOST = 8;
const flagsOf = (message: Uint8Array) => summarize(message, { own: [me, mine] }).flags;

let places = 0;
afterAll(() => {
  const items = `${RED.length} red items of ${new Set(RED.map(([code]) => code)).size} kinds, and 2 of whole transactions`;
  reportCounts(
    'T6',
    `${items}: flagged in ${countOf(places)} places among 0 to ${MOST} harmless ones, legacy and version 0`,
  );
});

describe('a red item', () => {
  test.each(RED.map(([code, instruction], index) => [`${code} #${index}`, code, instruction] as const))(
    '%s is flagged wherever it stands among harmless ones',
    (_name, code, red) => {
      for (const version of ['legacy', 0] as const) {
        for (let others = 0; others <= MOST; others += 1) {
          for (let position = 0; position <= others; position += 1) {
            const instructions = harmlessOnes(others).toSpliced(position, 0, red);
            const flags = flagsOf(someMessage({ payer: me, instructions, version }));
            expect(flags).toContainEqual(expect.objectContaining({ level: 'typed', code, instructionIndex: position }));
            places += 1;
          }
        }
      }
    },
  );

  test('is not seen among harmless ones alone', () => {
    expect(flagsOf(someMessage({ payer: me, instructions: harmlessOnes(MOST) }))).toEqual([]);
  });

  test('is in this table for every flag the decoders ask a phrase for', () => {
    const folder = 'src/core/transactions/instructions';
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const codes = sources.flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/\b(?:typed|assignFlag)\(\s*'([^']+)'/g)].map(
        ([, code]) => code,
      ),
    );
    expect(codes.length).toBeGreaterThanOrEqual(20);
    const known = new Set(RED.map(([code]) => code));
    expect(codes.filter((code) => code !== undefined && !known.has(code))).toEqual([]);
    expect(RED.length).toBeGreaterThanOrEqual(30);
  });
});

describe('a red transaction', () => {
  test('lives by a nonce that somebody else can advance, whatever follows', () => {
    const advance = (authority: Address) => system(4, [[a, 'w'], [RECENT_BLOCKHASHES_SYSVAR], [authority, 's']]);
    for (let others = 0; others <= MOST; others += 1) {
      const codes = (authority: Address) =>
        flagsOf(someMessage({ payer: me, instructions: [advance(authority), ...harmlessOnes(others)] })).map(
          ({ code, level }) => `${level} ${code}`,
        );
      expect(codes(b)).toEqual(['warn lifetime/never-expires', 'typed lifetime/foreign-nonce-authority']);
      expect(codes(me)).toEqual(['warn lifetime/never-expires']);
      places += 1;
    }
  });

  test('takes accounts from a table, in whatever instruction', () => {
    for (let others = 0; others <= MOST; others += 1) {
      const message = passCanonicalGate(someMessage({ payer: me, instructions: harmlessOnes(others + 1), version: 0 }));
      for (let position = 0; position <= others; position += 1) {
        const fromTable = {
          ...message,
          instructions: message.instructions.map((each, index) =>
            index === position ? { ...each, accountIndexes: [message.staticKeys.length] } : each,
          ),
          lookups: [{ table: d, writableIndexes: [], readonlyIndexes: [3] }],
        };
        const refusal = expect.objectContaining({ level: 'refuse', code: 'message/lookup-tables' }) as unknown;
        expect(flagsOf(encodeMessage(fromTable))).toContainEqual(refusal);
        places += 1;
      }
    }
  });
});
