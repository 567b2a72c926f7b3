import { expect, test } from 'vitest';
import { groupsOfFour } from './grouped.ts';

test('groups lose no character and hold four each but the last', () => {
  expect(groupsOfFour('5hDsd3BLD')).toEqual(['5hDs', 'd3BL', 'D']);
  expect(groupsOfFour('')).toEqual([]);
});
