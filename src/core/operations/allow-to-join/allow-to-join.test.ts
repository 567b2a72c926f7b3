import { expect, test } from 'vitest';
import { createOperatorDesk } from '#test/practice/operator-desk.ts';
import type { Address } from '#core/solana/address.ts';
import type { AllowToJoinInput } from './input.ts';

const anyone: AllowToJoinInput = { kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } };

test('creates and activates the authorization in one transaction, and then has nothing left to do', async () => {
  const desk = createOperatorDesk();
  const owner = desk.oneOwner();
  const { prepared } = await desk.prepare(anyone, owner);
  expect(prepared.steps).toHaveLength(1);
  expect(prepared.checks.filter(({ kind }) => kind === 'fail')).toEqual([]);
  expect(await desk.sendNext(anyone, owner)).toBeNull();
  const again = await desk.prepare(anyone, owner);
  expect(again.steps).toEqual([]);
  expect(again.prepared.checks[0]).toMatchObject({ kind: 'fail', title: 'Nothing to do' });
});

test('takes the rent from the payer and nothing from the join authority', async () => {
  const desk = createOperatorDesk();
  const { payer } = desk.oneOwner();
  const joinAuthority = desk.person('join authority');
  const user: AllowToJoinInput = { kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: desk.person('user') } };
  const signers = { payer, authority: payer, joinAuthority };
  const { prepared } = await desk.prepare(user, signers);
  const before = desk.chain.account(payer)?.lamports ?? 0n;
  expect(await desk.sendNext(user, signers)).toBeNull();
  expect(before - (desk.chain.account(payer)?.lamports ?? 0n)).toBe(prepared.lockedLamports + prepared.feeLamports);
  expect(desk.chain.account(joinAuthority)).toBeUndefined();
});

test('says who is affected: every wallet, or one user and its delegates', async () => {
  const desk = createOperatorDesk();
  const owner = desk.oneOwner();
  const of = async (input: AllowToJoinInput) => (await desk.prepare(input, owner)).prepared.consequences;
  const [all] = await of(anyone);
  expect(all?.text).toBe(
    `Every wallet may join every run whose join authority is ${owner.joinAuthority}, those of today and those still to come`,
  );
  const [one] = await of({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: desk.person('user') } });
  expect(one?.text).toMatch(/^This user may join .*, and so may the delegates it names$/);
  await desk.sendNext(anyone, owner);
  expect(await of(anyone)).toEqual([]);
});

test('takes off the rent what somebody has sent to the address already', async () => {
  const desk = createOperatorDesk();
  const owner = desk.oneOwner();
  const { steps } = await desk.prepare(anyone, owner);
  desk.fund(steps[0]?.instructions[0]?.keys[2]?.pubkey.toBase58() as Address, 1_000_000n);
  const { prepared } = await desk.prepare(anyone, owner);
  expect(prepared.lockedLamports).toBe(642_560n);
  const before = desk.chain.account(owner.payer)?.lamports ?? 0n;
  expect(await desk.sendNext(anyone, owner)).toBeNull();
  expect(before - (desk.chain.account(owner.payer)?.lamports ?? 0n)).toBe(642_560n + prepared.feeLamports);
});
