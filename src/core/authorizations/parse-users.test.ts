import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { keepNoSecrets, parseUsers } from './parse-users.ts';

const user = (seed: number) => addressFromBytes(new Uint8Array(32).fill(seed));
const [ANNA, BERT] = [user(7), user(9)];

describe('a list of users', () => {
  test('takes the label from either side and any usual separator', () => {
    const { users, findings } = parseUsers(
      `address,label\n${ANNA}, Anna\n"Bert; of lab 2";${BERT}\n${user(11)}\n\n# note\n${user(13)}\tDora Doe`,
    );
    expect(findings).toEqual([]);
    expect(users.map(({ line, label }) => [line, label])).toEqual([
      [2, 'Anna'],
      [3, 'Bert; of lab 2'],
      [4, ''],
      [7, 'Dora Doe'],
    ]);
  });

  test('names the line and the reason of what is no address', () => {
    const { users, findings } = parseUsers(`${ANNA}\nhello\n${ANNA.slice(0, 30)}\n0${BERT.slice(1)}\n${BERT}1`);
    expect(users).toHaveLength(1);
    expect(findings.map(({ line, level, message }) => `${line} ${level} ${message}`)).toEqual([
      '2 bad “hello” is no address',
      expect.stringMatching(/^3 bad .* holds 2[0-9] bytes; an address has 32$/),
      expect.stringMatching(/^4 bad .* contains “0”, which base58 does not have$/),
      expect.stringMatching(/^5 bad .* holds 33 bytes; an address has 32$/),
    ]);
  });

  test('counts a repeated user once and says whose label stays', () => {
    const { users, findings, duplicates } = parseUsers(`${ANNA} Anna\n${BERT}\n${ANNA} Annika`);
    expect(users.map(({ label }) => label)).toEqual(['Anna', '']);
    expect(duplicates).toBe(1);
    expect(findings).toEqual([
      {
        line: 3,
        level: 'warn',
        message: 'The same user as line 1: counted once',
        remedy: 'The label of line 1 is kept: Anna',
      },
    ]);
  });

  test('names an address whose ends are those of another one, in the list or among one’s own', () => {
    const twin = alikeOf(ANNA);
    expect(parseUsers(`${ANNA}\n${twin}`).findings).toMatchObject([
      { line: 2, level: 'warn', message: 'Looks like line 1 but is another address' },
    ]);
    expect(parseUsers(twin, new Map([[ANNA, 'Owner']])).findings).toMatchObject([
      { line: 1, message: 'Looks like your “Owner” but is another address' },
    ]);
    expect(parseUsers(ANNA, new Map([[ANNA, 'Owner']]))).toMatchObject({ findings: [], users: [{ label: 'Owner' }] });
  });

  test('does not take the address of everyone, two addresses in a line, or a label that would be cut', () => {
    const { users, findings } = parseUsers(`${SYSTEM_PROGRAM}\n${ANNA} ${BERT}\n${ANNA} ${'x'.repeat(65)}`);
    expect(users).toEqual([]);
    expect(findings.map(({ level }) => level)).toEqual(['bad', 'bad', 'bad']);
  });

  test('says that a list is longer than one plan, and keeps what fits', () => {
    const lines = Array.from({ length: 2_002 }, (_, index) => {
      const bytes = new Uint8Array(32).fill(3);
      new DataView(bytes.buffer).setUint32(0, index * 2_654_435_761);
      new DataView(bytes.buffer).setUint32(28, index * 2_246_822_519);
      return addressFromBytes(bytes);
    });
    const { users, findings } = parseUsers(lines.join('\n'));
    expect(users).toHaveLength(2_000);
    expect(findings.filter(({ level }) => level === 'bad')).toMatchObject([{ line: 2_001 }]);
  });

  test('every line ends as a user, a finding, or nothing to read', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(ANNA, BERT, `${ANNA},Anna`))), (lines) => {
        const { users, findings } = parseUsers(lines.join('\n'));
        expect(new Set(users.map(({ address }) => address)).size).toBe(users.length);
        for (const { line } of [...users, ...findings]) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: propertyRuns() },
    );
  });
});

describe('a secret in a pasted list', () => {
  const keyfile = `[\n${Array.from({ length: 64 }, (_, index) => index * 3).join(',\n')}\n]`;

  test('is not kept; the users around it are', () => {
    const { text, dropped } = keepNoSecrets(`${ANNA}\n${keyfile}\n${BERT}`);
    expect(dropped).toBe(1);
    expect(text).toBe(`${ANNA}\n# a secret key stood here and was not kept\n${BERT}`);
    expect(parseUsers(text)).toMatchObject({ users: [{ address: ANNA }, { address: BERT }], findings: [] });
  });

  test('is not found where there is none', () => {
    const list = `address,label\n${ANNA}, Anna of the second floor\n${BERT}\n`;
    expect(keepNoSecrets(list)).toEqual({ text: list, dropped: 0 });
  });
});

/** Another address with the same first and last four characters. */
function alikeOf(address: string): string {
  const digits = [...address];
  digits[20] = digits[20] === 'z' ? 'y' : 'z';
  return digits.join('');
}
