import { describe, expect, test } from 'vitest';
import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { programInterface } from '#core/codec/program-interface.ts';
import { DEFAULT_PROGRAM_IDS, PROGRAM_NAMES } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM, UPGRADEABLE_LOADER } from '#core/solana/program-ids.ts';
import { le, someAddress } from '#test/builders/message-builder.ts';
import type { ReadingContext } from './instruction-reading.ts';
import { readInstruction } from './read-instruction.ts';
import { fieldsOf } from './run-fields.ts';
import { meaningOf, type RunInstruction } from './run-meaning.ts';

const context: ReadingContext = { own: new Set(), programs: DEFAULT_PROGRAM_IDS, noteFor: () => undefined };
const key = Array.from({ length: 32 }, () => 7);
const read = (program: Address, data: readonly number[], with_ = context) =>
  readInstruction(program, Uint8Array.from(data), [], with_);

describe('an instruction that is given no accounts', () => {
  test.each<[string, Address, readonly number[]]>([
    ['CreateAccount', SYSTEM_PROGRAM, [...le(0, 4), ...le(5, 8), ...le(0, 8), ...key]],
    ['Assign', SYSTEM_PROGRAM, [...le(1, 4), ...key]],
    ['Transfer', SYSTEM_PROGRAM, [...le(2, 4), ...le(5, 8)]],
    ['CreateAccountWithSeed', SYSTEM_PROGRAM, [...le(3, 4), ...key, ...le(1, 8), 65, ...le(5, 8), ...le(0, 8), ...key]],
    ['WithdrawNonceAccount', SYSTEM_PROGRAM, [...le(5, 4), ...le(5, 8)]],
    ['AuthorizeNonceAccount', SYSTEM_PROGRAM, [...le(7, 4), ...key]],
    ['TransferWithSeed', SYSTEM_PROGRAM, [...le(11, 4), ...le(5, 8), ...le(1, 8), 65, ...key]],
    ['Approve', TOKEN_PROGRAM, [4, ...le(5, 8)]],
    ['SetAuthority', TOKEN_PROGRAM, [6, 2, 0]],
    ['CloseAccount', TOKEN_PROGRAM, [9]],
    ['TransferChecked', TOKEN_PROGRAM, [12, ...le(5, 8), 6]],
  ])('is told in full, and that they are missing: %s', (name, program, data) => {
    const reading = read(program, data);
    expect(reading.name).toBe(name);
    expect(reading.isUnderstood).toBe(true);
    expect(reading.title).not.toContain('undefined');
    expect(JSON.stringify(reading.flags)).not.toContain('undefined');
    expect(reading.flags.map(({ code }) => code)).toContain('accounts/missing');
    expect([reading.debits, reading.tokenDebits]).toEqual([[], []]);
  });

  test('of a token, for a right nobody knows, names it by its number', () => {
    expect(read(TOKEN_PROGRAM, [6, 9, 0]).title).toContain('authority 9');
    expect(read(TOKEN_PROGRAM, [6, 9, 2]).flags.map(({ code }) => code)).toEqual(['instruction/undecoded']);
  });

  test('of a loader, cut before its number, is unknown and no more', () => {
    expect(read(UPGRADEABLE_LOADER, [3, 0]).flags.map(({ code }) => code)).toEqual(['program/unknown']);
    expect(read(UPGRADEABLE_LOADER, [3, 0, 0, 0]).flags.map(({ code }) => code)).toContain('loader/upgrade');
  });
});

describe('an instruction of the run programs', () => {
  const names = PROGRAM_NAMES.flatMap((program) =>
    programInterface(program).instructions.map(({ name }) => [program, name] as const),
  );
  const bare = (name: string, changes: Partial<RunInstruction> = {}): RunInstruction => ({
    name,
    args: {},
    at: () => undefined,
    context,
    ...changes,
  });

  test.each(names)('has a title without its arguments and accounts: %s %s', (program, name) => {
    const { title, debits = [], destinations = [] } = meaningOf(program, bare(name));
    expect(title).not.toBe('');
    expect([debits, destinations]).toEqual([[], []]);
  });

  test.each(PROGRAM_NAMES)('that a later %s brings is called by its own name', (program) => {
    expect(meaningOf(program, bare('brand_new')).title).toBe('brand_new');
  });

  test('whose run id is longer than any address allows leads to no account', () => {
    const args = { params: { run_id: 'x'.repeat(40) } };
    const at = (role: string) => (role === 'coordinator_instance' ? someAddress(3) : undefined);
    expect(meaningOf('coordinator', bare('init_coordinator', { args, at })).flags).toMatchObject([
      { code: 'accounts/derived-mismatch' },
    ]);
  });

  test('without the index it belongs to leads to no account', () => {
    const at = (role: string) => (role === 'run' ? someAddress(3) : undefined);
    expect(meaningOf('treasurer', bare('run_create', { at })).flags).toMatchObject([
      { code: 'accounts/derived-mismatch' },
    ]);
  });

  test('with a text that is no text is not understood: written again it is another one', () => {
    const hub = { Hub: { repo_id: 'a', revision: null } };
    const data = encodeInstruction('coordinator', 'checkpoint', { repo: hub });
    const at = data.indexOf(0x61, 8);
    const { flags, isUnderstood } = read(DEFAULT_PROGRAM_IDS.coordinator, [...data.with(at, 0xff)]);
    expect([isUnderstood, flags.map(({ code }) => code)]).toEqual([false, ['instruction/undecoded']]);
    expect(read(DEFAULT_PROGRAM_IDS.coordinator, [...data]).isUnderstood).toBe(true);
  });

  test('is not called a mismatch where deriving itself fails', () => {
    const at = () => 'no address 0OIl' as Address;
    expect(() => meaningOf('treasurer', bare('participant_create', { at }))).toThrow(/base58|Unknown letter/i);
  });

  test('shows a number below zero that is zero', () => {
    const node = { path: 'params.rate', name: 'rate', type: 'f32', start: 0, end: 4, value: -0 };
    expect(fieldsOf([node], new Uint8Array(4), () => undefined)).toMatchObject([{ label: 'Rate', value: '-0' }]);
    const zero = { ...node, value: 0 };
    expect(fieldsOf([zero], new Uint8Array(4), () => undefined)).toMatchObject([{ value: '0' }]);
  });
});

describe('a fault on our side', () => {
  const broken: ReadingContext = {
    ...context,
    noteFor: () => {
      throw new TypeError('a fault');
    },
  };

  test('is no unknown instruction: nothing is shown at all', () => {
    expect(() => read(SYSTEM_PROGRAM, [...le(1, 4), ...key], broken)).toThrow(TypeError);
    const grant = encodeInstruction('authorizer', 'authorization_create', {
      params: { grantee: Uint8Array.from(key), scope: new Uint8Array() },
    });
    expect(() => read(DEFAULT_PROGRAM_IDS.authorizer, [...grant], broken)).toThrow(TypeError);
  });
});
