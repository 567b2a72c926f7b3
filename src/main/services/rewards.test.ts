import { describe, expect, test } from 'vitest';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { mainFolder } from '#test/main/main-folder.ts';
import { approvalOf, practiceOperator } from '#test/main/practice-operator.ts';

const TOKEN = 1_000_000n;

const folder = mainFolder();

describe('rewards on the practice network', () => {
  test('a launch of a run with rewards, told the same by treasury, mint and wallet', async () => {
    const { services, demo, mint, launch } = await practising();
    expect(await services.rewards.mint(mint)).toMatchObject({ kind: 'mint', decimals: 6 });
    const before = await services.rewards.holding(mint, demo);
    expect(before).toMatchObject({ exists: true, isFrozen: false });
    expect(await launch({ earning: 4n * TOKEN, topUp: { upTo: 10n * TOKEN, funder: demo } })).toBe(2);

    const treasury = await services.rewards.treasury('atlas-7');
    if (treasury.kind !== 'rewarded') throw new Error('no treasury');
    expect(treasury).toMatchObject({
      isDefaultIndex: true,
      mainAuthority: demo,
      mint,
      vault: associatedTokenAddress(treasury.treasurerRun, mint).address,
      decimals: 6,
      funded: 10n * TOKEN,
      deposited: 10n * TOKEN,
      owed: 0n,
      missing: 0n,
      surplus: 10n * TOKEN,
      current: { earning: 0n },
      future: { earning: 4n * TOKEN },
      runwayFuture: { epochs: 2n },
    });
    expect(treasury.runwayCurrent).toEqual({});
    expect((await services.rewards.holding(mint, demo)).amount).toBe(before.amount - 10n * TOKEN);
    expect(await services.rewards.claims('atlas-7')).toMatchObject({
      token: { mint, decimals: 6, funded: 10n * TOKEN },
      rows: [],
    });
    expect(await services.runs.read('atlas-7')).toMatchObject({
      treasurerRun: treasury.treasurerRun,
      mainAuthority: demo,
    });
    expect((await services.runs.list()).rows).toMatchObject([{ mainAuthority: demo, mine: true }]);
  }, 60_000);

  test('a top-up asked for twice is paid once: the second plan is blocked, then out of date', async () => {
    const { services, demo, launch, request, review, finish } = await practising();
    await launch({});
    const pay = request({
      kind: 'top-up',
      runId: 'atlas-7',
      amount: 3n * TOKEN,
      decimals: 6,
      funder: demo,
      depositedBefore: 0n,
    });
    const [first, second] = [await review(pay), await review(pay)];
    const id = await services.approvals.approve(approvalOf(first));
    await expect(services.approvals.approve(approvalOf(second))).rejects.toMatchObject({
      code: expect.stringMatching(/^plan\//),
    });
    await finish(id.transactionId);
    await expect(services.approvals.approve(approvalOf(second))).rejects.toMatchObject({
      code: expect.stringMatching(/^plan\//),
    });
    const again = await review(pay);
    expect(again.typedPhrase).not.toBe('');
    expect(again.checks).toContainEqual(expect.objectContaining({ kind: 'fail', title: 'Paid already?' }));
    expect(await services.rewards.treasury('atlas-7')).toMatchObject({ funded: 3n * TOKEN, deposited: 3n * TOKEN });
  }, 60_000);

  test('a plain run has points and no treasury', async () => {
    const { services, launch } = await practising();
    await launch(undefined);
    expect(await services.rewards.treasury('atlas-7')).toMatchObject({ kind: 'plain', earned: 0n });
    expect(await services.rewards.claims('atlas-7')).toMatchObject({ rows: [] });
    expect((await services.rewards.claims('atlas-7')).token).toBeUndefined();
  }, 60_000);
});

async function practising() {
  const main = await folder.start();
  return practiceOperator(main);
}
