import fc from 'fast-check';
import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';
import { expect, test } from 'vitest';
import { U64_MAX } from '#core/units/decimal.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import {
  createRewardsDesk,
  mintAccount,
  rewardedRunInput,
  TEST_MINT,
  tokenAccount,
} from '#test/practice/rewards-desk.ts';
import { testAddress } from '#test/practice/stage.ts';
import { propertyRuns } from '#test/property-runs.ts';
import type { TopUpInput } from './input.ts';

test('moves exactly the typed amount into the vault, with mint and decimals named', async () => {
  const desk = await rewardedDesk();
  const input = payment(desk, { amount: 1_500_000n });
  const { prepared, steps } = await desk.prepare(input, desk.owner);
  expect(await desk.failures(input)).toEqual([]);
  const [transfer] = steps[0]?.instructions ?? [];
  const vault = getAssociatedTokenAddressSync(new PublicKey(TEST_MINT), new PublicKey(desk.treasurerRun), true);
  expect(transfer?.keys[2]?.pubkey).toEqual(vault);
  expect([...(transfer?.data ?? [])]).toEqual([12, 0x60, 0xe3, 0x16, 0, 0, 0, 0, 0, 6]);
  expect(prepared.changes[0]).toEqual({
    label: 'Vault',
    before: '0 tokens (0 native units)',
    after: '1.5 tokens (1500000 native units)',
  });
  expect(prepared.command).toContain('treasurer-top-up-rewards');
  expect(prepared.command).toContain('--collateral-amount 1.5');
  expect(await desk.warnings(input)).toContainEqual(expect.stringMatching(/^No way back: /));
  expect(await desk.sendNext(input, desk.owner)).toBeNull();
  expect(desk.inVault()).toBe(1_500_000n);
});

test('refuses the same request once it was paid: a double click, a time-out or a crash cannot pay twice', async () => {
  const desk = await rewardedDesk();
  const input = payment(desk, { amount: 5n });
  expect(await desk.sendNext(input, desk.owner)).toBeNull();
  expect(await desk.failures(input)).toEqual([expect.stringMatching(/^Paid already\?: 0.000005 tokens/)]);
  expect(await desk.failures({ ...input, depositedBefore: 5n })).toEqual([]);
  expect(await desk.failures({ ...input, depositedBefore: 6n })).toEqual([expect.stringMatching(/^Older state/)]);
});

test('takes a claim in between for no payment', async () => {
  const desk = await rewardedDesk();
  const user = desk.person('user');
  desk.fund(user, 1_000_000_000n);
  await desk.sendNext(payment(desk, { amount: 100n }), desk.owner);
  desk.earn([[user, 40n]]);
  const signers = { payer: user, authority: user, joinAuthority: user };
  expect(await desk.sendNext({ kind: 'claim-rewards', runId: 'atlas-7', user }, signers)).toBeNull();
  expect(desk.inVault()).toBe(60n);
  expect(await desk.failures(payment(desk, { amount: 1n, depositedBefore: 100n }))).toEqual([]);
});

test('says beforehand what the chain would refuse: too little, no account, wrong decimals', async () => {
  const desk = await rewardedDesk({ tokens: 10n });
  const tooMuch = payment(desk, { amount: 11n });
  expect(await desk.failures(tooMuch)).toEqual([
    expect.stringContaining('0.000001 tokens (1 native units) are missing'),
  ]);
  expect(await desk.sendNext(tooMuch, desk.owner)).toEqual({ InstructionError: [0, { Custom: 1 }] });
  const decimals = payment(desk, { amount: 1n, decimals: 9 });
  expect(await desk.failures(decimals)).toEqual([expect.stringMatching(/^Decimals/)]);
  expect(await desk.sendNext(decimals, desk.owner)).toEqual({ InstructionError: [0, { Custom: 18 }] });
  const poor = desk.person('poor');
  const missing = payment(desk, { amount: 1n, funder: poor });
  expect(await desk.failures(missing)).toEqual([expect.stringContaining('has no token account')]);
  expect(await desk.sendNext(missing, desk.owner)).not.toBeNull();
  expect(desk.inVault()).toBe(0n);
});

test('sends nothing for zero', async () => {
  const desk = await rewardedDesk();
  const nothing = payment(desk, { amount: 0n });
  expect((await desk.prepare(nothing, desk.owner)).steps).toEqual([]);
  expect(await desk.failures(nothing)).toEqual([expect.stringMatching(/^Amount/)]);
});

test('says that a frozen account moves nothing, as the chain does', async () => {
  const frozen = tokenAccount(createRewardsDesk().owner.authority, 10n);
  frozen.data[108] = 2;
  const at = createRewardsDesk();
  const desk = await rewardedDesk({ accounts: [[at.walletOf(at.owner.authority), frozen]] });
  const input = payment(desk, { amount: 1n });
  expect(await desk.failures(input)).toEqual([expect.stringContaining('AccountFrozen 17')]);
  expect(await desk.sendNext(input, desk.owner)).toEqual({ InstructionError: [0, { Custom: 17 }] });
});

test('warns of a mint whose freeze authority can lock the vault', async () => {
  const desk = await rewardedDesk({ accounts: [[TEST_MINT, mintAccount({ freezeAuthority: testAddress(72) })]] });
  expect(await desk.warnings(payment(desk, { amount: 1n }))).toContainEqual(
    expect.stringContaining(`${testAddress(72)} can freeze`),
  );
});

test('pays nothing to a run without treasury, also when SOL lies at the address of one', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput());
  desk.fund(desk.treasurerRun, 1_000_000_000n);
  const input = payment(desk, { amount: 1n });
  expect((await desk.prepare(input, desk.owner)).steps).toEqual([]);
  expect(await desk.failures(input)).toEqual([expect.stringContaining('has no treasury')]);
});

test('asks to be told twice before it pays the clients of somebody else', async () => {
  const desk = await rewardedDesk({ remembersRun: false });
  const stranger = desk.person('funder');
  const signers = { payer: desk.owner.payer, authority: stranger, joinAuthority: stranger };
  expect(await desk.failures(payment(desk, { amount: 1n }), signers)).toEqual([
    expect.stringContaining('the clients of somebody else'),
  ]);
});

test('lets another key pay the fee', async () => {
  const desk = await rewardedDesk();
  const payer = desk.person('payer');
  desk.fund(payer, 1_000_000_000n);
  const signers = { ...desk.owner, payer };
  const { prepared } = await desk.prepare(payment(desk, { amount: 3n }), signers);
  expect(prepared.feeLamports).toBe(10_000n);
  expect(await desk.sendNext(payment(desk, { amount: 3n }), signers)).toBeNull();
});

test('plans exactly what was asked for, for any amount and balance', async () => {
  const desk = await rewardedDesk({ tokens: 2n ** 63n });
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 1n, max: U64_MAX }), async (amount) => {
      const input = payment(desk, { amount });
      const { prepared, steps } = await desk.prepare(input, desk.owner);
      const data = steps[0]?.instructions[0]?.data ?? Buffer.alloc(10);
      expect(data.readBigUInt64LE(1)).toBe(amount);
      expect(prepared.checks.some(({ title }) => title === 'Funder has too few tokens')).toBe(amount > 2n ** 63n);
    }),
    { numRuns: Math.min(propertyRuns(), 300) },
  );
});

async function rewardedDesk(options: Parameters<typeof createRewardsDesk>[0] = {}) {
  const desk = createRewardsDesk(options);
  expect(await desk.sendNext(rewardedRunInput(), desk.owner)).toBeNull();
  return desk;
}

function payment(desk: ReturnType<typeof createRewardsDesk>, parts: Partial<TopUpInput>): TopUpInput {
  return {
    kind: 'top-up',
    runId: 'atlas-7',
    amount: 0n,
    decimals: 6,
    funder: desk.owner.authority,
    depositedBefore: 0n,
    ...parts,
  };
}
