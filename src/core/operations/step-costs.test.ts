import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '#test/property-runs.ts';
import { stepFundsCheck } from './step-costs.ts';

const FLOOR = 890_880n;
const lamports = fc.bigInt({ min: 0n, max: 3_000_000n });
const steps = fc.array(fc.record({ fee: lamports, cost: fc.bigInt({ min: -3_000_000n, max: 3_000_000n }) }), {
  minLength: 1,
  maxLength: 5,
});

test('what it says is missing is enough, and is never more than the floor too much', () => {
  fc.assert(
    fc.property(lamports, steps, (held, plan) => {
      const check = stepFundsCheck(held, plan, FLOOR);
      if (check.kind === 'pass') return;
      const [, whole = '', fraction = ''] = /(\d+)\.?(\d*) SOL are missing/.exec(check.reason) ?? [];
      const exact = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
      expect(exact).toBeGreaterThan(0n);
      expect(stepFundsCheck(held + exact, plan, FLOOR).kind).toBe('pass');
      const less = held + exact - FLOOR - 1n;
      if (less >= 0n) expect(stepFundsCheck(less, plan, FLOOR).kind).toBe('fail');
    }),
    { numRuns: propertyRuns() },
  );
});

test('an account may be emptied, but not left with less than keeps it alive', () => {
  const step = [{ fee: 5000n, cost: 0n }];
  expect(stepFundsCheck(5000n, step, FLOOR).kind).toBe('pass');
  expect(stepFundsCheck(5001n, step, FLOOR).kind).toBe('fail');
  expect(stepFundsCheck(5000n + FLOOR, step, FLOOR).kind).toBe('pass');
  expect(stepFundsCheck(4999n, step, FLOOR).kind).toBe('fail');
});

test('what a step gives back pays for the next one, but not for its own fee', () => {
  const steps = [
    { fee: 5000n, cost: -2n * FLOOR },
    { fee: 5000n, cost: 0n },
  ];
  expect(stepFundsCheck(5000n, steps, FLOOR).kind).toBe('pass');
  expect(stepFundsCheck(4000n, steps, FLOOR).kind).toBe('fail');
});
