import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('answers for every item in order and lets other work pass before a turn is over long', async () => {
  let now = 0;
  const pauses: number[] = [];
  const clock = { now: () => now, monotonic: () => now };
  const sleep = async () => void pauses.push(now);
  const results = await inTurns(
    Array.from({ length: 10 }, (_, index) => index),
    (index) => {
      now += 8;
      return index * 2;
    },
    { clock, sleep },
  );
  expect(results).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  expect(pauses).toEqual([24, 48, 72]);
});
