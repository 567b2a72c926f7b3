import { expect, test } from 'vitest';
import { createOperatorDesk } from '#test/practice/operator-desk.ts';
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
