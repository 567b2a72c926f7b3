import { expect, test } from 'vitest';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { CloseRunInput } from './input.ts';

const close: CloseRunInput = { kind: 'close-run', runId: 'atlas-7' };

test('gives back what it said, to the lamport, and the id is free again', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput());
  const account = desk.person('account of the new run');
  const instance = coordinatorInstanceAddress('atlas-7').address;
  desk.fund(account, 12_345n);
  const held = [account, instance].map((at) => desk.chain.account(at)?.lamports ?? 0n);
  const { prepared, steps } = await desk.prepare(close, desk.owner);
  const refund = (held[0] ?? 0n) + (held[1] ?? 0n);
  const [whole, rest] = [refund / 1_000_000_000n, (refund % 1_000_000_000n).toString().padStart(9, '0')];
  expect(prepared.consequences[0]?.text).toContain(`${whole}.${rest}`.replace(/0+$/, ''));
  expect(prepared.steps[0]?.parts.map(({ label }) => label)).toContain('1. free_coordinator');
  const before = desk.chain.account(desk.owner.payer)?.lamports ?? 0n;
  expect(await desk.sendNext(close, desk.owner)).toBeNull();
  expect(desk.chain.account(desk.owner.payer)?.lamports).toBe(before + refund - 5000n);
  expect(steps).toHaveLength(1);
  await expect(desk.prepare(close, desk.owner)).rejects.toMatchObject({ code: 'run/not-found' });
  expect(await desk.failures(createRunInput())).toEqual([]);
});

test('asks for a typed word, read from the bytes', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput());
  const { steps } = await desk.prepare(close, desk.owner);
  const message = buildMessage(steps[0]?.instructions ?? [], { payer: desk.owner.payer, blockhash: desk.owner.payer });
  expect(summarize(message, { own: [desk.owner.payer] }).flags).toMatchObject([{ level: 'typed', code: 'run/close' }]);
});

test('is refused while the run runs, and offers the pause', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput({ configText, start: true }));
  const { prepared } = await desk.prepare(close, desk.owner);
  expect(prepared.checks.find(({ kind }) => kind === 'fail')).toMatchObject({
    reason: expect.stringContaining('6009') as string,
    action: { place: { kind: 'set-paused', runId: 'atlas-7', paused: true } },
  });
  expect(await desk.sendNext(close, desk.owner)).toEqual({ InstructionError: [0, { Custom: 6009 }] });
});

test('says that a run with rewards can never be closed', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput());
  expect(await desk.failures(close)).toEqual([expect.stringContaining('2003')]);
  expect(await desk.sendNext(close, desk.owner)).toEqual({ InstructionError: [0, { Custom: 2003 }] });
});

test('wants a receiver that is a wallet', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput());
  const place = desk.chain.account(desk.owner.authority);
  if (place) Object.assign(place, { owner: desk.treasurerRun });
  const payer = desk.person('payer');
  desk.fund(payer, 1_000_000_000n);
  const signers = { ...desk.owner, payer };
  expect(await desk.failures(close, signers)).toEqual([expect.stringContaining('3011')]);
  expect(await desk.sendNext(close, signers)).toEqual({ InstructionError: [0, { Custom: 3011 }] });
});
