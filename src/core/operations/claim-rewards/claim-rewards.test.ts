import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApproveInstruction } from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';
import { decodeInstruction } from '#core/codec/instruction-codec.ts';
import { participantAddress } from '#core/layouts/addresses.ts';
import { claimableOf } from '#core/rewards/treasury.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { createRewardsDesk, rewardedRunInput } from '#test/practice/rewards-desk.ts';
import type { ClaimRewardsInput } from './input.ts';

test('creates what is missing and pays everything earned, once', async () => {
  const { desk, user, signers, input } = await claimDesk(1_000n);
  desk.earn([[user, 600n]]);
  const { prepared, steps } = await desk.prepare(input, signers);
  expect(await desk.failures(input, signers)).toEqual([]);
  expect(steps).toHaveLength(1);
  expect(steps[0]?.instructions).toHaveLength(3);
  expect(prepared.changes).toContainEqual({
    label: 'Vault',
    before: '0.001 tokens (1000 native units)',
    after: '0.0004 tokens (400 native units)',
  });
  const before = desk.chain.account(user)?.lamports ?? 0n;
  expect(await desk.sendNext(input, signers)).toBeNull();
  expect(before - (desk.chain.account(user)?.lamports ?? 0n)).toBe(prepared.lockedLamports + prepared.feeLamports);
  expect(desk.heldBy(user)).toBe(600n);
  expect(desk.inVault()).toBe(400n);
  expect((await desk.prepare(input, signers)).steps).toEqual([]);
  expect(await desk.failures(input, signers)).toEqual([expect.stringContaining('Everything earned is claimed')]);
});

test('leaves out the steps that are done', async () => {
  const { desk, user, signers, input } = await claimDesk(1_000n);
  desk.earn([[user, 10n]]);
  await desk.sendNext(input, signers);
  desk.earn([[user, 25n]]);
  const { steps, prepared } = await desk.prepare(input, signers);
  expect(prepared.lockedLamports).toBe(0n);
  expect(steps[0]?.instructions).toHaveLength(1);
  const data = new Uint8Array(steps[0]?.instructions[0]?.data ?? []);
  expect(decodeInstruction('treasurer', data)).toMatchObject({
    name: 'participant_claim',
    args: { params: { claim_earned_points: 15n } },
  });
  expect(await desk.sendNext(input, signers)).toBeNull();
  expect(desk.heldBy(user)).toBe(25n);
});

test('pays what the vault covers and says that the rest stays owed', async () => {
  const { desk, user, signers, input } = await claimDesk(30n);
  desk.earn([[user, 100n]]);
  expect(await desk.warnings(input, signers)).toEqual([expect.stringContaining('the rest stays owed')]);
  expect(await desk.sendNext(input, signers)).toBeNull();
  expect(desk.heldBy(user)).toBe(30n);
  expect((await desk.prepare(input, signers)).steps).toEqual([]);
  expect(await desk.failures(input, signers)).toEqual([expect.stringContaining('the vault is empty')]);
});

test('sends nothing for somebody who earned nothing, on a plain run, or when the record says more than the run', async () => {
  const { desk, user, signers, input } = await claimDesk(30n);
  expect((await desk.prepare(input, signers)).steps).toEqual([]);
  expect(await desk.failures(input, signers)).toEqual([expect.stringContaining('earned nothing')]);
  desk.earn([[user, 20n]]);
  await desk.sendNext(input, signers);
  desk.earn([[user, 19n]]);
  expect((await desk.prepare(input, signers)).steps).toEqual([]);
  expect(await desk.failures(input, signers)).toEqual([expect.stringContaining('would abort')]);

  const plain = createRewardsDesk();
  await plain.carryOut(createRunInput());
  const owner = plain.owner.authority;
  expect((await plain.prepare({ ...input, user: owner }, plain.owner)).steps).toEqual([]);
  expect(await plain.failures({ ...input, user: owner }, plain.owner)).toEqual([
    expect.stringContaining('stand for no tokens'),
  ]);
});

test('knows that an account with a delegate is not paid, as the chain does', async () => {
  const { desk, user, signers, input } = await claimDesk(100n);
  desk.earn([[user, 20n]]);
  await desk.sendNext(input, signers);
  desk.earn([[user, 50n]]);
  const wallet = new PublicKey(desk.walletOf(user));
  const approve = createApproveInstruction(wallet, new PublicKey(desk.treasurerRun), new PublicKey(user), 1);
  expect(desk.send([approve], user)).toBeNull();
  expect(await desk.failures(input, signers)).toEqual([expect.stringContaining('has a delegate')]);
  expect(await desk.sendNext(input, signers)).toEqual({ InstructionError: [0, { Custom: 2003 }] });
});

test('is not fooled by SOL at the addresses of record and wallet', async () => {
  const { desk, user, signers, input } = await claimDesk(100n);
  desk.earn([[user, 20n]]);
  desk.fund(participantAddress(desk.treasurerRun, user).address, 1_000_000_000n);
  desk.fund(desk.walletOf(user), 1_000_000_000n);
  expect(await desk.failures(input, signers)).toEqual([]);
  expect(await desk.sendNext(input, signers)).toBeNull();
  expect(desk.heldBy(user)).toBe(20n);
});

test('lets another key pay, for a client without a single lamport', async () => {
  const { desk, input } = await claimDesk(100n);
  const client = desk.person('poor client');
  desk.earn([[client, 20n]]);
  expect(await desk.failures({ ...input, user: client })).toEqual([]);
  expect(await desk.sendNext({ ...input, user: client }, desk.owner)).toBeNull();
  expect(desk.heldBy(client)).toBe(20n);
});

test('claims exactly min(earned − claimed, vault) over any order of earning, paying in and claiming', async () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('earn' as const), points: fc.bigInt({ min: 0n, max: 1_000n }) }),
    fc.record({ kind: fc.constant('pay' as const), amount: fc.bigInt({ min: 1n, max: 1_500n }) }),
    fc.constant({ kind: 'claim' as const }),
  );
  const { desk, user, signers, input } = await claimDesk(0n);
  const owner = desk.owner.authority;
  let [earned, claimed, deposited] = [0n, 0n, 0n];
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 6 }), async (events) => {
      for (const each of events) {
        if (each.kind === 'earn') desk.earn([[user, (earned += each.points)]]);
        if (each.kind === 'pay') {
          const { amount } = each;
          const pay = { kind: 'top-up', runId: 'atlas-7', amount, decimals: 6, funder: owner } as const;
          expect(await desk.sendNext({ ...pay, depositedBefore: deposited }, desk.owner)).toBeNull();
          deposited += amount;
        }
        if (each.kind === 'claim') {
          const { now } = claimableOf(earned, claimed, deposited - claimed);
          const { steps } = await desk.prepare(input, signers);
          expect(steps.length).toBe(now > 0n ? 1 : 0);
          if (now > 0n) expect(await desk.sendNext(input, signers)).toBeNull();
          claimed += now;
        }
        expect(desk.inVault()).toBe(deposited - claimed);
        expect(desk.heldBy(user) ?? 0n).toBe(claimed);
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

/** A rewarded run whose vault holds native units, and a client with SOL. */
async function claimDesk(funded: bigint) {
  const desk = createRewardsDesk();
  const topUp = funded === 0n ? {} : { topUp: { upTo: funded, funder: desk.owner.authority } };
  await desk.carryOut(rewardedRunInput(topUp));
  const user = desk.person('client');
  desk.fund(user, 1_000_000_000n);
  const input: ClaimRewardsInput = { kind: 'claim-rewards', runId: 'atlas-7', user };
  return { desk, user, input, signers: { payer: user, authority: user, joinAuthority: user } };
}
