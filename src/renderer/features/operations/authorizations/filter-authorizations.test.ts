import { expect, test } from 'vitest';
import type { AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { filterAuthorizations, NO_FILTER } from './filter-authorizations.ts';

const key = (seed: number) => addressFromBytes(new Uint8Array(32).fill(seed));

function row(parts: Partial<AuthorizationRow>): AuthorizationRow {
  return {
    address: key(200),
    grantor: key(100),
    grantee: key(1),
    active: true,
    delegates: [],
    closing: { kind: 'now' },
    lamports: 0n,
    runs: [],
    mineToGrant: true,
    mineToUse: false,
    ...parts,
  };
}

const ANYONE = row({ grantee: SYSTEM_PROGRAM, runs: ['atlas-7'] });
const LAB = row({ grantee: key(5), delegates: [key(9)], active: false });
const LABELS = new Map([[key(5), 'Lab of Nina']]);
const found = (filter: Partial<typeof NO_FILTER>) =>
  filterAuthorizations([ANYONE, LAB], { ...NO_FILTER, ...filter }, LABELS);

test.each([
  ['', [ANYONE, LAB]],
  ['any', [ANYONE]],
  ['atlas', [ANYONE]],
  ['nina', [LAB]],
  [key(9).slice(0, 6), [LAB]],
  ['nobody', []],
])('“%s” finds by name, address, delegate or run', (text, rows) => {
  expect(found({ text })).toEqual(rows);
});

test('a state narrows it further', () => {
  expect(found({ state: 'inactive' })).toEqual([LAB]);
  expect(found({ state: 'active', text: 'nina' })).toEqual([]);
});
