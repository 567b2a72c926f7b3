import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testAddress } from '#test/practice/stage.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { stepFundsCheck } from './step-costs.ts';

const FLOOR = 890_880n;
const check = (payerLamports: bigint, plan: Parameters<typeof stepFundsCheck>[1]) =>
  stepFundsCheck({ payerLamports, floorLamports: FLOOR }, plan, testAddress(1));
const lamports = fc.bigInt({ min: 0n, max: 3_000_000n });
const steps = fc.array(fc.record({ fee: lamports, cost: fc.bigInt({ min: -3_000_000n, max: 3_000_000n }) }), {
  minLength: 1,
  maxLength: 5,
});

test('what it says is missing is enough, and is never more than the floor too much', () => {
  fc.assert(
    fc.property(lamports, steps, (held, plan) => {
      const said = check(held, plan);
      if (said.kind === 'pass') return;
      const [, whole = '', fraction = ''] = /(\d+)\.?(\d*) SOL are missing/.exec(said.reason) ?? [];
      const exact = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
      expect(exact).toBeGreaterThan(0n);
      expect(check(held + exact, plan).kind).toBe('pass');
      const less = held + exact - FLOOR - 1n;
      // Who has too little to stay alive already may spend it all the same.
      if (less >= FLOOR) expect(check(less, plan).kind).toBe('fail');
    }),
    { numRuns: propertyRuns() },
  );
});

test('an account may be emptied, but not left with less than keeps it alive', () => {
  const step = [{ fee: 5000n, cost: 0n }];
  expect(check(5000n, step).kind).toBe('pass');
  expect(check(5000n + FLOOR - 1n, step).kind).toBe('fail');
  expect(check(5000n + FLOOR, step).kind).toBe('pass');
  expect(check(4999n, step).kind).toBe('fail');
});

test('what a step gives back pays for the next one, but not for its own fee', () => {
  const steps = [
    { fee: 5000n, cost: -2n * FLOOR },
    { fee: 5000n, cost: 0n },
  ];
  expect(check(5000n, steps).kind).toBe('pass');
  expect(check(4000n, steps).kind).toBe('fail');
});
