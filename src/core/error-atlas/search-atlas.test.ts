import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { ATLAS } from './atlas.ts';
import { searchAtlas } from './search-atlas.ts';

const ids = (query: string) => searchAtlas(query).map(({ id }) => id);

test.each([
  ['coordinator-6004', 'coordinator-6004'],
  ['ConfigSanityCheckFailed', 'coordinator-6004'],
  ['6004', 'coordinator-6004'],
  ['0x1774', 'coordinator-6004'],
  ['custom program error: 0x1774'.split(': ')[1] ?? '', 'coordinator-6004'],
  ['-32005', 'rpc-32005'],
  ['32005', 'rpc-32005'],
  ['429', 'http-429'],
  ['too many requests', 'http-429'],
  ['blockhashnotfound', 'transaction-BlockhashNotFound'],
  ['ConstraintRaw', 'anchor-2003'],
  ['30 days delegates', 'authorizer-6001'],
  ['token insufficient funds', 'token-1'],
  ['treasurer 6001', 'treasurer-6001'],
])('“%s” finds %s first', (query, id) => {
  expect(ids(query)[0]).toBe(id);
});

test('a number that several programs use finds all of them before texts that mention it', () => {
  expect(ids('6001').slice(0, 3).toSorted()).toEqual(['authorizer-6001', 'coordinator-6001', 'treasurer-6001']);
  expect(ids('0x1').slice(0, 2)).toEqual(['system-1', 'token-1']);
});

test('a name comes before the words that explain another error', () => {
  const found = ids('halted');
  expect(found[0]).toBe('coordinator-6001');
  expect(found).toContain('coordinator-6015');
});

test('an instruction finds what it can answer with', () => {
  expect(ids('participant_claim')).toContain('treasurer-6000');
});

test('nothing typed is the whole atlas in order; nonsense is nothing', () => {
  expect(searchAtlas('  ')).toBe(ATLAS);
  expect(searchAtlas('qqxyzzy')).toEqual([]);
});

test('every entry is found first by its id, and more words never find more', () => {
  for (const { id } of ATLAS) expect(ids(id)[0]).toBe(id);
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(new Set(ids(one))).toEqual(new Set([...ids(one), ...ids(`${one} ${other}`)]));
    }),
    { numRuns: propertyRuns() },
  );
});
