import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { U64_MAX } from '#core/units/decimal.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { claimableOf, runwayOf, shareOf, treasuryAmounts } from './treasury.ts';
import { RunTreasury } from './treasury-view.ts';

const u64 = fc.bigInt({ min: 0n, max: U64_MAX });
const numRuns = propertyRuns();

/** Only what clients earned is looked at. */
const accountWith = (earned: readonly bigint[]) =>
  ({ state: { clients_state: { clients: earned.map((points) => ({ earned: points })) } } }) as never;

describe('a treasury', () => {
  test('splits what is funded into owed and surplus, exactly, also beyond 64 bits', () => {
    fc.assert(
      fc.property(u64, u64, u64, fc.array(u64, { maxLength: 256 }), (funded, points, collateral, earned) => {
        const amounts = treasuryAmounts(
          funded,
          { total_claimed_earned_points: points, total_claimed_collateral_amount: collateral },
          accountWith(earned),
        );
        expect(amounts.earned).toBe(earned.reduce((sum, each) => sum + each, 0n));
        expect(amounts.owed).toBe(amounts.earned > points ? amounts.earned - points : 0n);
        expect(amounts.surplus - amounts.missing).toBe(funded - amounts.owed);
        expect(amounts.surplus === 0n || amounts.missing === 0n).toBe(true);
        expect(amounts.deposited).toBe(funded + collateral);
      }),
      { numRuns },
    );
  });

  test('shares a reward without making or losing a unit', () => {
    fc.assert(
      fc.property(u64, u64, fc.integer({ min: 1, max: 256 }), (earning, slashing, clients) => {
        const share = shareOf(earning, slashing, clients);
        expect(share.perClient * BigInt(clients) + share.lost).toBe(earning);
        expect(share.lost).toBeLessThan(BigInt(clients));
      }),
      { numRuns },
    );
    expect(shareOf(5n, 0n, 0)).toMatchObject({ perClient: 0n, lost: 0n });
  });

  test('lasts for the whole epochs it covers, and forever when nothing is paid', () => {
    const reading = parseConfig(PRACTICE_CONFIG_TEXT);
    const config = reading.kind === 'ok' ? reading.config : undefined;
    fc.assert(
      fc.property(u64, fc.bigInt({ min: 1n, max: U64_MAX }), (surplus, earning) => {
        const { epochs = -1n, seconds = -1n } = runwayOf(surplus, earning, config);
        expect(epochs * earning <= surplus && (epochs + 1n) * earning > surplus).toBe(true);
        expect(seconds).toBeGreaterThanOrEqual(epochs * (config?.epoch_time ?? 0n));
      }),
      { numRuns },
    );
    expect(runwayOf(5n, 0n, config)).toEqual({});
    expect(runwayOf(5n, 2n, undefined)).toEqual({ epochs: 2n });
  });

  test('pays a client no more than it earned, nor than the vault holds', () => {
    fc.assert(
      fc.property(u64, u64, u64, (earned, claimed, funded) => {
        const { now, unclaimed, isOverclaimed } = claimableOf(earned, claimed, funded);
        expect(now <= unclaimed && now <= funded && (now === unclaimed || now === funded)).toBe(true);
        expect(isOverclaimed).toBe(claimed > earned);
        if (!isOverclaimed) expect(unclaimed).toBe(earned - claimed);
      }),
      { numRuns },
    );
  });

  test('crosses to the page exactly, with sums beyond 64 bits', () => {
    const share = shareOf(1n, 2n, 3);
    const plain = {
      kind: 'plain' as const,
      slot: 1n,
      sharing: { count: 1, basis: 'minimum' as const },
      current: share,
      future: share,
      earned: 256n * U64_MAX,
    };
    const wire = RunTreasury.encode(plain);
    expect(wire).toMatchObject({ earned: (256n * U64_MAX).toString() });
    expect(RunTreasury.decode(wire)).toEqual(plain);
  });
});
