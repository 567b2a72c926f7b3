import { expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Account, ChainReader } from '#core/ports.ts';
import { createRewardsDesk, mintAccount, rewardedRunInput, TEST_MINT } from '#test/practice/rewards-desk.ts';
import { prepareRequest } from '../prepare-request.ts';

test('a node that is wrong about the decimals moves nothing: the transfer states them, and the token program compares', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput());
  const lying: ChainReader = {
    ...desk.reader,
    async readAccounts(...asked) {
      const { slot, accounts } = await desk.reader.readAccounts(...asked);
      return { slot, accounts: accounts.map(withNineDecimals) };
    },
  };
  const { prepared, steps } = await prepareRequest(
    {
      operation: {
        kind: 'top-up',
        runId: 'atlas-7',
        amount: 1_000_000n,
        decimals: 9,
        funder: desk.owner.payer,
        depositedBefore: 0n,
      },
      signers: desk.owner,
    },
    { chain: lying, programs: DEFAULT_PROGRAM_IDS, freshAccount: undefined, ownAccounts: new Set() },
  );
  expect(prepared.checks.filter(({ kind }) => kind === 'fail')).toEqual([]);
  expect(prepared.changes[0]?.after).toBe('0.001 tokens (1000000 native units)');
  expect(desk.send(steps[0]?.instructions ?? [], desk.owner.payer)).toEqual({ InstructionError: [0, { Custom: 18 }] });
  expect(desk.inVault()).toBe(0n);
});

function withNineDecimals(account: Account | undefined): Account | undefined {
  return account?.address === TEST_MINT ? { ...account, data: mintAccount({ decimals: 9 }).data } : account;
}
