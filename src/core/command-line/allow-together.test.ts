import { expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { allowTogether } from './allow-together.ts';
import { readCommandLine } from './read-command-line.ts';

const [ANNA, BERT, CARA] = [7, 9, 11].map((seed) => addressFromBytes(new Uint8Array(32).fill(seed)));
const line = (user: string | undefined, wallet = 'join.json') =>
  `run-manager join-authorization-create --rpc devnet --wallet-private-key-path ${wallet} --authorizer ${user}`;
const together = (...lines: string[]) => allowTogether(readCommandLine(lines.join('\n')).commands);

test('lines of different users that are signed with the same key are one form', () => {
  expect(together(line(ANNA), 'run-manager list-runs', line(BERT), line(ANNA), line(CARA))).toEqual([
    { kind: 'allow-many', users: [ANNA, BERT, CARA] },
  ]);
});

test('lines that are signed with different keys stay apart', () => {
  expect(together(line(ANNA), line(BERT, 'other.json'))).toEqual([]);
  expect(together(line(ANNA), line(BERT, 'other.json'), line(CARA))).toEqual([
    { kind: 'allow-many', users: [ANNA, CARA] },
  ]);
});

test('one user twice, everyone, and a placeholder are no list', () => {
  expect(together(line(ANNA), line(ANNA), line('1'.repeat(32)), line('[USER]'))).toEqual([]);
});
