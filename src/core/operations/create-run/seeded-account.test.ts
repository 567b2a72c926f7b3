import { describe, expect, test } from 'vitest';
import { PRACTICE_CONFIG_TEXT as configText } from '#core/config/practice-config.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressWithSeed } from '#core/solana/pda.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';

const seeded = { configText, start: true, accountSeed: 'atlas-7/1' };

describe.each([
  ['a plain run', createRunInput(seeded)],
  ['a run with rewards', rewardedRunInput({}, seeded)],
])('%s at an address derived from a seed', (_route, creation) => {
  test('needs no second key, goes on after its first transaction, and is recognised as one’s own', async () => {
    const desk = createRewardsDesk({ remembersRun: false });
    const account = addressWithSeed(desk.owner.authority, 'atlas-7/1', DEFAULT_PROGRAM_IDS.coordinator);
    const { prepared, steps, needsFreshAccount } = await desk.prepare(creation, desk.owner);
    expect(needsFreshAccount).toBe(false);
    expect(prepared.checks.find(({ title }) => title === 'Account address is free')?.reason).toContain(account);
    expect(prepared.steps.map(({ signers }) => signers.map(({ address }) => address))).toEqual([
      [desk.owner.payer],
      [desk.owner.payer],
    ]);
    const message = buildMessage(steps[0]?.instructions ?? [], {
      payer: desk.owner.payer,
      blockhash: desk.owner.payer,
    });
    const review = summarize(message, { own: [desk.owner.payer] });
    expect(review.flags.filter(({ level }) => level !== 'warn')).toEqual([]);
    expect(review.instructions.map(({ name }) => name)).toContain('CreateAccountWithSeed');
    expect(await desk.carryOut(creation)).toBe(2);
    expect(desk.chain.account(account)?.owner).toBe(DEFAULT_PROGRAM_IDS.coordinator);
  });

  test('another authority pays and signs apart', async () => {
    const desk = createRewardsDesk({ remembersRun: false });
    const payer = desk.person('payer');
    desk.fund(payer, 5_000_000_000n);
    const { prepared } = await desk.prepare(creation, { ...desk.owner, payer });
    expect(prepared.steps[0]?.signers.map(({ address }) => address)).toEqual([payer, desk.owner.authority]);
    expect(await desk.sendNext(creation, { ...desk.owner, payer })).toBeNull();
  });

  test('is refused where anything is already, were it one lamport', async () => {
    const desk = createRewardsDesk({ remembersRun: false });
    const account = addressWithSeed(desk.owner.authority, 'atlas-7/1', DEFAULT_PROGRAM_IDS.coordinator);
    desk.fund(account, 890_880n);
    expect(await desk.failures(creation)).toEqual([expect.stringContaining('Account address is taken')]);
    expect(await desk.sendNext(creation, desk.owner)).toMatchObject({ InstructionError: [2, { Custom: 0 }] });
  });
});

test('a run in one’s name at another address stays a stranger’s', async () => {
  const desk = createRewardsDesk({ remembersRun: false });
  await desk.sendNext(createRunInput(), desk.owner);
  const again = createRunInput({ accountSeed: 'atlas-7/1', configText });
  expect(await desk.failures(again)).toEqual([expect.stringContaining('did not create its account')]);
});
