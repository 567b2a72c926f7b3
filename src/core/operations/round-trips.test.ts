import { expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { ChainReader } from '#core/ports.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput, TEST_MINT } from '#test/practice/rewards-desk.ts';
import { prepareRequest } from './prepare-request.ts';
import type { OperationInput } from './request.ts';

/**
 * Counts reads that wait for one another: all that begin before any of them answers are one round trip.
 */
function counting(chain: ChainReader): { chain: ChainReader; trips: () => number } {
  let trips = 0;
  let isWaiting = false;
  const counted =
    <A extends unknown[], R>(read: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (!isWaiting) {
        isWaiting = true;
        trips += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
      isWaiting = false;
      return read(...args);
    };
  return {
    chain: {
      readAccounts: counted(chain.readAccounts),
      readProgramAccounts: counted(chain.readProgramAccounts),
      readRentFloor: counted(chain.readRentFloor),
      readClusterTime: counted(chain.readClusterTime),
    },
    trips: () => trips,
  };
}

async function tripsOf(desk: ReturnType<typeof createRewardsDesk>, operation: OperationInput): Promise<number> {
  const { chain, trips } = counting(desk.reader);
  const context = { chain, programs: DEFAULT_PROGRAM_IDS, freshAccount: undefined, ownAccounts: new Set<never>() };
  await prepareRequest({ operation, signers: desk.owner }, context);
  return trips();
}

const run = { runId: 'atlas-7' } as const;
const desk0 = createRewardsDesk();
const user = desk0.person('client');
const money = { amount: 1n, decimals: 6, depositedBefore: 0n, funder: desk0.owner.payer };

const operations: readonly OperationInput[] = [
  { kind: 'set-paused', ...run, paused: true },
  { kind: 'close-run', ...run },
  { kind: 'tick', ...run },
  { kind: 'checkpoint', ...run, user, repository: { kind: 'hub', repository: 'a/b' } },
  { kind: 'update-configuration', ...run, configText, restartFromStep: 4, switchToHub: true },
  { kind: 'set-rates', ...run, earning: 1n, decimals: 6 },
  { kind: 'top-up', ...run, ...money },
  { kind: 'claim-rewards', ...run, user },
];

test.each([
  ['a plain run', createRunInput({ configText })],
  ['a run with rewards', rewardedRunInput({}, { configText })],
])('every operation on %s reads the chain in at most two round trips', async (_route, creation) => {
  const desk = createRewardsDesk();
  expect(await tripsOf(desk, creation)).toBeLessThanOrEqual(2);
  await desk.carryOut(creation);
  expect(await tripsOf(desk, creation)).toBeLessThanOrEqual(2);
  for (const operation of operations) {
    expect([operation.kind, await tripsOf(desk, operation)]).toEqual([operation.kind, 2]);
  }
});

test('every operation on nonce accounts reads the chain in one round trip', async () => {
  const desk = createRewardsDesk();
  const of = { nonceAccount: desk0.person('nonce'), authority: desk.owner.payer, to: desk.owner.payer, lamports: 1n };
  const { to, lamports, ...held } = of;
  const nonceOperations: readonly OperationInput[] = [
    { kind: 'create-nonce-accounts', base: of.authority, authority: of.authority, first: 1, count: 50 },
    { kind: 'fund-nonce', nonceAccount: of.nonceAccount, lamports },
    { kind: 'advance-nonce', ...held },
    { kind: 'authorize-nonce', ...held, newAuthority: to },
    { kind: 'withdraw-nonce', ...of },
    { kind: 'close-nonce', ...held, to },
  ];
  for (const operation of nonceOperations) {
    expect([operation.kind, await tripsOf(desk, operation)]).toEqual([operation.kind, 1]);
  }
});

test('an index that was chosen by hand costs a third, unless the form tells it', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput({ mint: TEST_MINT, treasurerIndex: 12n }));
  const tripsWith = (treasurerIndex?: bigint) =>
    Promise.all(operations.map((operation) => tripsOf(desk, told(operation, treasurerIndex))));
  expect(await tripsWith()).toEqual([2, 2, 2, 2, 2, 3, 3, 3]);
  expect(await tripsWith(12n)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
  expect(await tripsWith(13n)).toEqual([2, 2, 2, 2, 2, 3, 3, 3]);
});

function told(operation: OperationInput, treasurerIndex: bigint | undefined): OperationInput {
  const needsTreasury =
    operation.kind === 'set-rates' || operation.kind === 'top-up' || operation.kind === 'claim-rewards';
  return needsTreasury ? { ...operation, treasurerIndex } : operation;
}
