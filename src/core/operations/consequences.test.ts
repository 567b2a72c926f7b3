import { expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { OperationInput } from './request.ts';

const run = { runId: 'atlas-7' } as const;

test('every operation says what signing will mean for money, people and time', async () => {
  const desk = createRewardsDesk();
  const creation = rewardedRunInput({ earning: 8n }, { configText, start: true });
  const client = desk.person('client');
  const told = async (operation: OperationInput) =>
    (await desk.prepare(operation, desk.owner)).prepared.consequences.map(({ about, text }) => `${about}: ${text}`);

  expect(await told(creation)).toEqual([
    expect.stringMatching(/^people: Anyone may then join every run of the join authority/),
    expect.stringMatching(/^time: Clients can join/),
    expect.stringMatching(/^final: Run id, main authority and join authority/),
  ]);
  await desk.carryOut(creation);
  expect(await told({ kind: 'set-rates', ...run, earning: 9n, decimals: 6 })).toEqual([
    expect.stringContaining('until then they can be changed again'),
    expect.stringContaining('No token moves now'),
  ]);
  const topUp: OperationInput = {
    kind: 'top-up',
    ...run,
    amount: 5n,
    decimals: 6,
    depositedBefore: 0n,
    funder: desk.owner.payer,
  };
  expect(await told(topUp)).toContainEqual(expect.stringMatching(/^tokens: 0.000005 tokens .* never the owner/));
  await desk.sendNext(topUp, desk.owner);
  desk.earn([[client, 8n]]);
  expect(await told({ kind: 'claim-rewards', ...run, user: client })).toEqual([
    expect.stringContaining('0.000005 tokens (5 native units) move from the vault'),
    expect.stringContaining('0.000003 tokens (3 native units) stay owed'),
  ]);
  await desk.sendNext({ kind: 'set-paused', ...run, paused: true }, desk.owner);
  expect(await told({ kind: 'set-paused', ...run, paused: false })).toContainEqual(
    expect.stringMatching(/^people: The run knows 1 client/),
  );
  expect(await told({ kind: 'update-configuration', ...run, clientVersion: 'v9', restartFromStep: 2 })).toEqual([
    expect.stringContaining('every client must join again; the run knows 1 client'),
    expect.stringContaining('another version than “v9”'),
  ]);
});
