import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { encodeInTurns, parseInTurns } from './long-lists.ts';
import { U64 } from './wire.ts';

const List = z.array(z.strictObject({ amount: U64 }));
const Answer = z.strictObject({ slot: U64, rows: List });
const rows = Array.from({ length: 1_201 }, (_, index) => ({ amount: BigInt(index) }));
const wire = rows.map(({ amount }) => ({ amount: amount.toString() }));

/** Counts how often other work could pass. */
function counting() {
  const rests = { count: 0, rest: async () => void (rests.count += 1) };
  return rests;
}

describe('a long list', () => {
  test.each([
    ['by itself', List, rows, wire],
    ['in an object', Answer, { slot: 7n, rows }, { slot: '7', rows: wire }],
  ])('%s is converted as in one go, with rests', async (_name, schema, value, onWire) => {
    const encoding = counting();
    expect(await encodeInTurns(schema, value, encoding.rest)).toEqual(onWire);
    expect(encoding.count).toBe(3);
    const parsing = counting();
    expect(await parseInTurns<unknown>(schema, onWire, parsing.rest)).toEqual(value);
    expect(parsing.count).toBe(3);
  });

  test('with one item that does not fit is refused, wherever that stands', async () => {
    for (const at of [0, 499, 500, 1_200]) {
      const spoilt = wire.with(at, { amount: '-1' });
      await expect(parseInTurns(List, spoilt, async () => undefined)).rejects.toThrow(z.ZodError);
      await expect(parseInTurns(Answer, { slot: '7', rows: spoilt }, async () => undefined)).rejects.toThrow(
        z.ZodError,
      );
    }
  });

  test('with a rule about all of it stays in one piece', async () => {
    const { rest, ...rests } = counting();
    await expect(parseInTurns(List.max(1_200), wire, rest)).rejects.toThrow(z.ZodError);
    expect(await parseInTurns<unknown>(List.max(1_201), wire, rest)).toEqual(rows);
    expect(rests.count).toBe(0);
  });

  test('excuses nothing beside it', async () => {
    const rest = async () => undefined;
    await expect(parseInTurns(Answer, { slot: 'x', rows: wire }, rest)).rejects.toThrow(z.ZodError);
    await expect(parseInTurns(Answer, { slot: '7', rows: wire, more: 1 }, rest)).rejects.toThrow(z.ZodError);
    await expect(encodeInTurns(Answer, { slot: 7n, rows, more: 1 }, rest)).rejects.toThrow(z.ZodError);
  });
});

test('what is short takes one go', async () => {
  const { rest, ...rests } = counting();
  expect(await encodeInTurns(Answer, { slot: 7n, rows: rows.slice(0, 500) }, rest)).toEqual({
    slot: '7',
    rows: wire.slice(0, 500),
  });
  expect(await encodeInTurns(U64, 3n, rest)).toBe('3');
  expect(await parseInTurns<unknown>(z.union([Answer, z.array(U64)]), ['4'], rest)).toEqual([4n]);
  await expect(parseInTurns(Answer, ['4'], rest)).rejects.toThrow(z.ZodError);
  await expect(parseInTurns(Answer, null, rest)).rejects.toThrow(z.ZodError);
  expect(rests.count).toBe(0);
});
