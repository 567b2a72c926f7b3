import fc from 'fast-check';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { DEFAULT_FEE_POLICY, FeePolicy, MAX_CAP_LAMPORTS, MAX_FIXED_PRICE } from '#core/networks/fee-policy.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { feeOf, MAX_COMPUTE_UNITS } from '#core/solana/compute-budget.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { buildMessage } from './build.ts';
import {
  chooseFees,
  expectedFees,
  mostPriorityLamports,
  percentileOf,
  priorityLamportsOf,
  unitLimitFor,
} from './fees.ts';

const PAYER = addressFromBytes(new Uint8Array(32).fill(1));
const transfer = SystemProgram.transfer({
  fromPubkey: new PublicKey(PAYER),
  toPubkey: new PublicKey(PAYER),
  lamports: 1,
});
const numRuns = propertyRuns();

const price = fc.bigInt({ min: 0n, max: 10n ** 12n });
const units = fc.bigInt({ min: 0n, max: BigInt(MAX_COMPUTE_UNITS) });
const auto = fc.record({
  kind: fc.constant('auto' as const),
  percentile: fc.integer({ min: 1, max: 100 }),
  capLamports: fc.integer({ min: 0, max: MAX_CAP_LAMPORTS }),
});
const fixed = fc.record({
  kind: fc.constant('fixed' as const),
  microLamports: fc.integer({ min: 0, max: MAX_FIXED_PRICE }),
});
const facts = fc.record({
  unitsConsumed: fc.option(units, { nil: undefined }),
  recent: fc.option(fc.array(price, { maxLength: 150 }), { nil: undefined }),
  spareLamports: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
});

describe('the compute limit', () => {
  test('holds what the simulation used and a tenth, whatever it was, and never more than the runtime grants', () => {
    fc.assert(
      fc.property(units, fc.nat(MAX_COMPUTE_UNITS), (used, least) => {
        const limit = unitLimitFor(used, least);
        expect(limit).toBeLessThanOrEqual(MAX_COMPUTE_UNITS);
        expect(limit).toBeGreaterThanOrEqual(least);
        if (limit < MAX_COMPUTE_UNITS) expect(10n * BigInt(limit)).toBeGreaterThanOrEqual(11n * used + 50_000n);
      }),
      { numRuns },
    );
  });

  test.each([
    [0n, 5_000],
    [1n, 5_002],
    [450n, 5_495],
    [100_001n, 115_002],
    [1_268_181n, MAX_COMPUTE_UNITS],
    [10n ** 18n, MAX_COMPUTE_UNITS],
  ])('after %s units is %s', (used, limit) => {
    expect(unitLimitFor(used)).toBe(limit);
  });
});

describe('the price', () => {
  test('is one of the recent ones, and at least that share of them is not above it', () => {
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 150 }),
        fc.integer({ min: 1, max: 100 }),
        (recent, share) => {
          const chosen = percentileOf(recent, share);
          expect(recent).toContain(chosen);
          const covered = recent.filter((one) => one <= chosen).length;
          const below = recent.filter((one) => one < chosen).length;
          expect(covered * 100).toBeGreaterThanOrEqual(share * recent.length);
          expect(below * 100).toBeLessThan(share * recent.length);
        },
      ),
      { numRuns },
    );
  });

  test('is nothing where nobody bids, nothing is known, or the cap is nothing', () => {
    const known = { unitsConsumed: 1_000n, spareLamports: 10n ** 9n };
    const priceOf = (policy: FeePolicy, recent: readonly bigint[] | undefined) =>
      chooseFees(policy, { ...known, recent }).fees?.microLamports;
    expect(priceOf(DEFAULT_FEE_POLICY, [])).toBe(0n);
    expect(priceOf(DEFAULT_FEE_POLICY, [0n, 0n, 0n, 900n])).toBe(0n);
    expect(priceOf(DEFAULT_FEE_POLICY, undefined)).toBe(0n);
    expect(priceOf({ ...DEFAULT_FEE_POLICY, capLamports: 0 }, [7n])).toBe(0n);
    expect(priceOf(DEFAULT_FEE_POLICY, [7n])).toBe(7n);
    expect(expectedFees({ ...DEFAULT_FEE_POLICY, capLamports: 0 })?.microLamports).toBe(0n);
    expect(expectedFees(DEFAULT_FEE_POLICY)?.microLamports).toBe(1n);
  });
});

describe('the fees of a transaction', () => {
  test('stay within the cap and within what the payer can spare, and are said to', () => {
    fc.assert(
      fc.property(fc.oneof(auto, fixed), facts, (policy, known) => {
        const { fees, note } = chooseFees(policy, known);
        expect(note).not.toBe('');
        expect(fees === undefined).toBe(known.unitsConsumed === undefined);
        const lamports = fees ? priorityLamportsOf(fees) : 0n;
        expect(lamports).toBeLessThanOrEqual(mostPriorityLamports(policy));
        if (lamports > 0n) expect(lamports).toBeLessThanOrEqual(known.spareLamports);
      }),
      { numRuns },
    );
  });

  test('cost in the bytes exactly what was chosen: 5,000 lamports a signature and the priority rounded up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_COMPUTE_UNITS }), price, (unitLimit, microLamports) => {
        const fees = { unitLimit, microLamports };
        const message = buildMessage(withFees([transfer], fees, PAYER), { payer: PAYER, blockhash: PAYER });
        const { totalLamports, priorityLamports } = feeOf(passCanonicalGate(message));
        expect(priorityLamports).toBe(priorityLamportsOf(fees));
        expect(totalLamports).toBe(5_000n + priorityLamportsOf(fees));
      }),
      { numRuns },
    );
  });

  test('are a fraction of a lamport rounded up to a whole one', () => {
    expect(priorityLamportsOf({ unitLimit: 1, microLamports: 1n })).toBe(1n);
    expect(priorityLamportsOf({ unitLimit: 1_000_000, microLamports: 1n })).toBe(1n);
    expect(priorityLamportsOf({ unitLimit: 1_000_001, microLamports: 1n })).toBe(2n);
  });

  test('are counted beforehand with as many bytes as any that can be chosen', () => {
    fc.assert(
      fc.property(fc.oneof(auto, fixed), facts, (policy, known) => {
        const lengthOf = (fees: ReturnType<typeof expectedFees>) =>
          buildMessage(withFees([transfer], fees, PAYER), { payer: PAYER, blockhash: PAYER }).length;
        expect(lengthOf(chooseFees(policy, known).fees)).toBeLessThanOrEqual(lengthOf(expectedFees(policy)));
      }),
      { numRuns },
    );
  });

  test('are none at all, and unsaid, when the network is set to none', () => {
    const off = { kind: 'off' } as const;
    expect(chooseFees(off, { unitsConsumed: 9n, recent: [9n], spareLamports: 9n })).toEqual({
      fees: undefined,
      note: '',
    });
    expect([expectedFees(off), mostPriorityLamports(off)]).toEqual([undefined, 0n]);
  });

  test('name the cap where it holds them back', () => {
    const { fees, note } = chooseFees(
      { kind: 'auto', percentile: 50, capLamports: 1_000 },
      { unitsConsumed: 50_000n, recent: [1n, 900_000n, 900_000n], spareLamports: 10n ** 9n },
    );
    expect(fees).toEqual({ unitLimit: 60_000, microLamports: 16_666n });
    expect(note).toMatch(/50 % of 3 recent slots took 900000 .* cap of 0\.000001 SOL/);
  });
});

describe('a fee policy', () => {
  test.each([
    { kind: 'auto', percentile: 0, capLamports: 1 },
    { kind: 'auto', percentile: 101, capLamports: 1 },
    { kind: 'auto', percentile: 75, capLamports: MAX_CAP_LAMPORTS + 1 },
    { kind: 'auto', percentile: 75.5, capLamports: 1 },
    { kind: 'fixed', microLamports: -1 },
    { kind: 'fixed', microLamports: MAX_FIXED_PRICE + 1 },
    { kind: 'fixed', microLamports: Number.NaN },
    { kind: 'off', microLamports: 1 },
    { kind: 'highest' },
  ])('is refused: %o', (policy) => {
    expect(FeePolicy.safeParse(policy).success).toBe(false);
  });

  test('can at its largest ask for the 0.5 SOL that a review lets through', () => {
    expect(mostPriorityLamports({ kind: 'fixed', microLamports: MAX_FIXED_PRICE })).toBeLessThanOrEqual(500_000_000n);
    expect(mostPriorityLamports({ kind: 'fixed', microLamports: MAX_FIXED_PRICE + 1 })).toBeGreaterThan(500_000_000n);
  });
});
