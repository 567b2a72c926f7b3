import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import type { RewardsInput } from '#core/operations/create-run/input.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';

const TOKEN = 1_000_000n;

let folder = temporaryFolder();
let main: StartedMain | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await main?.close();
  main = undefined;
  folder.remove();
});

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

/** Main on the practice network, and a person who agrees with everything. */
async function practising() {
  const started = await startMain(folder.path);
  main = started;
  const { services } = started;
  await started.open();
  await services.app.chooseDoor('practice');
  await until(() => services.connections.status().kind === 'online');
  const [demo] = services.signers.own();
  const mint = services.practice.endpoint()?.demoMint;
  if (!demo || !mint) throw new Error('no demo key or mint');
  const request = (operation: OperationInput): OperationRequest => ({
    operation,
    signers: { payer: demo, authority: demo, joinAuthority: demo },
  });

  async function review(asked: OperationRequest) {
    const found = await services.reviews.reviewNext(await services.plans.begin(asked));
    if (!found) throw new Error('nothing to do');
    return found.shown;
  }

  async function finish(id: string): Promise<void> {
    await until(() => services.transactions.read(id).outcome !== undefined);
    expect(services.transactions.read(id).outcome).toMatchObject({ kind: 'confirmed' });
  }

  /** Carries a launch out; answers how many approvals it took. */
  async function launch(rewards: Partial<RewardsInput> | undefined): Promise<number> {
    const operation: OperationInput = {
      kind: 'create-run',
      runId: 'atlas-7',
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: 'Atlas', description: '', parameters: 1n, vocabulary: 2n },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: true,
      ...(rewards && { rewards: { mint: mint as Address, decimals: 6, ...rewards } }),
    };
    const plan = await services.plans.begin(request(operation));
    for (let approvals = 0; ; approvals += 1) {
      const next = await services.reviews.reviewNext(plan);
      if (!next) return approvals;
      const { blocked, typedPhrase, simulation } = next.shown;
      expect({ blocked, typedPhrase, reason: simulation.reason }).toEqual({ blocked: '', typedPhrase: '', reason: '' });
      await finish((await services.approvals.approve(approvalOf(next.shown))).transactionId);
    }
  }

  return { services, demo, mint, request, review, finish, launch };
}

function approvalOf({ reviewId, review }: { reviewId: string; review: { messageHash: string } }) {
  return { reviewId, messageHash: review.messageHash, typed: '' };
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error('it never became true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
