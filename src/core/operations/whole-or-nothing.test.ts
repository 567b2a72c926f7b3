import { describe, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { OperationInput } from './request.ts';

const BROKEN_TEXT = `${PRACTICE_CONFIG_TEXT}\n[`;

async function refused(operation: OperationInput, before: readonly OperationInput[] = []) {
  const desk = createRewardsDesk();
  for (const earlier of before) await desk.carryOut(earlier);
  const { steps } = await desk.prepare(operation, desk.owner);
  return { steps: steps.length, failures: await desk.failures(operation) };
}

describe('a request of which a part cannot be sent is not sent at all', () => {
  test('a new run whose configuration does not parse', async () => {
    const { steps, failures } = await refused(createRunInput({ configText: BROKEN_TEXT }));
    expect(steps).toBe(0);
    expect(failures).toEqual([expect.stringMatching(/^Line \d+/)]);
  });

  test('a new run that is to be filled up to nothing', async () => {
    const desk = createRewardsDesk();
    const topUp = { upTo: 0n, funder: desk.owner.payer };
    const { steps, failures } = await refused(rewardedRunInput({ topUp }));
    expect(steps).toBe(0);
    expect(failures).toEqual([expect.stringMatching(/^Amount: Nothing would be sent/)]);
  });

  test('a new run whose amounts were typed for another mint', async () => {
    const { steps, failures } = await refused(rewardedRunInput({ decimals: 9 }));
    expect(steps).toBe(0);
    expect(failures).toEqual([expect.stringMatching(/^Decimals/)]);
  });

  test('another client version beside a configuration that does not parse', async () => {
    const update = { kind: 'update-configuration', runId: 'atlas-7', clientVersion: 'v2' } as const;
    const alone = await refused(update, [createRunInput()]);
    expect(alone).toEqual({ steps: 1, failures: [] });
    const { steps, failures } = await refused({ ...update, configText: BROKEN_TEXT }, [createRunInput()]);
    expect(steps).toBe(0);
    expect(failures).toContainEqual(expect.stringMatching(/^Nothing can be sent yet/));
  });
});
