import { describe, expect, test } from 'vitest';
import { blockTimeOf } from './block-time.ts';

const START = { slot: 10n, chainMs: 1_000_000, speed: 1 };
const NOW = { slot: 1000n, unixTimestamp: 9_000n };

function timeOf(slot: bigint, known: Partial<Parameters<typeof blockTimeOf>[1]> = {}): bigint {
  return blockTimeOf(slot, { now: NOW, records: [], turns: [START], slotMs: 200, ...known });
}

describe('the time of a slot', () => {
  test('is the present for the present slot', () => {
    expect(timeOf(1000n)).toBe(9_000n);
  });

  test('is counted on from the start', () => {
    expect(timeOf(10n)).toBe(1_000n);
    expect(timeOf(15n)).toBe(1_001n);
  });

  test('is that of the transaction in it, and goes on from there', () => {
    const records = [
      { slot: 20n, blockTime: 1_500n },
      { slot: 40n, blockTime: 1_510n },
    ];
    expect(timeOf(20n, { records })).toBe(1_500n);
    expect(timeOf(21n, { records })).toBe(1_500n);
    expect(timeOf(31n, { records })).toBe(1_502n);
    expect(timeOf(19n, { records })).toBe(1_001n);
  });

  test('is before a jump or after it, at the speed of its day', () => {
    const turns = [START, { slot: 20n, chainMs: 5_000_000, speed: 1 }, { slot: 30n, chainMs: 5_002_000, speed: 100 }];
    expect(timeOf(19n, { turns })).toBe(1_001n);
    expect(timeOf(20n, { turns })).toBe(5_000n);
    expect(timeOf(31n, { turns })).toBe(5_022n);
  });

  test('never lies beyond what is known to come later', () => {
    const records = [
      { slot: 20n, blockTime: 1_500n },
      { slot: 300n, blockTime: 1_501n },
    ];
    expect(timeOf(299n, { records })).toBe(1_501n);
  });

  test('is counted back where nothing older is remembered', () => {
    expect(timeOf(5n)).toBe(999n);
    expect(timeOf(5n, { records: [{ slot: 7n, blockTime: 400n }] })).toBe(399n);
  });
});
