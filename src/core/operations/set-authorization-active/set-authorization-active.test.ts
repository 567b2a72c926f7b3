import { expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { createAuthorizationDesk, customCodeOf } from '#test/practice/authorization-desk.ts';
import type { SetAuthorizationActiveInput } from './input.ts';

const everyone = (active: boolean): SetAuthorizationActiveInput => ({
  kind: 'set-authorization-active',
  grantee: SYSTEM_PROGRAM,
  active,
});

test('deactivates and reactivates; the account, its rent and its delegates stay', async () => {
  const desk = createAuthorizationDesk();
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
  const before = desk.authorizationOf(SYSTEM_PROGRAM);
  const off = await desk.prepare(everyone(false), desk.signers);
  expect(off.prepared.command).toBe(
    `run-manager join-authorization-delete --rpc "$RPC" --wallet-private-key-path join_authority.json --authorizer ${SYSTEM_PROGRAM}`,
  );
  expect(off.prepared.consequences).toContainEqual({
    about: 'sol',
    text: expect.stringContaining('all that join-authorization-delete of the command line does') as string,
  });
  expect(off.prepared).toMatchObject({ lockedLamports: 0n, feeLamports: 10_000n });
  expect(await desk.sendAll(everyone(false))).toBe(1);
  expect(desk.authorizationOf(SYSTEM_PROGRAM)).toMatchObject({ active: false, lamports: before?.lamports });
  desk.chain.advance(60);
  const now = desk.chain.time().unixTimestamp;
  expect(await desk.sendAll(everyone(true))).toBe(1);
  expect(desk.authorizationOf(SYSTEM_PROGRAM)).toMatchObject({ active: true, grantor_update_unix_timestamp: now });
});

test('sends nothing when it already is', async () => {
  const desk = createAuthorizationDesk();
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
  expect((await desk.prepare(everyone(true), desk.signers)).steps).toEqual([]);
  expect(await desk.failures(everyone(true))).toEqual([expect.stringContaining('Nothing to do')]);
});

test('says that the wait before closing begins anew, when there are delegates', async () => {
  const desk = createAuthorizationDesk();
  const grantee = desk.person('grantee');
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: grantee } });
  await desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee, delegates: desk.people(2) });
  const { prepared } = await desk.prepare({ kind: 'set-authorization-active', grantee, active: false }, desk.signers);
  expect(prepared.consequences.filter(({ about }) => about === 'time')).toEqual([
    { about: 'time', text: 'It has delegates, so it can be closed 30 days after this at the earliest' },
  ]);
  expect(prepared.consequences[0]?.text).toContain(`${grantee} and 2 delegates`);
});

test('is refused without authorization by check and chain alike (3012)', async () => {
  const desk = createAuthorizationDesk();
  for (const active of [true, false]) {
    expect(await desk.failures(everyone(active))).toEqual([expect.stringContaining('AccountNotInitialized 3012')]);
    expect(customCodeOf(await desk.sendNext(everyone(active), desk.signers))).toBe(3012);
  }
});

test('is refused when the payer has no SOL for the fee', async () => {
  const desk = createAuthorizationDesk();
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
  const poor = { ...desk.signers, payer: desk.joinAuthority };
  expect(await desk.failures(everyone(false), poor)).toEqual([expect.stringContaining('Payer has too little SOL')]);
  desk.fund(desk.joinAuthority, 1_000_000n);
  expect(await desk.failures(everyone(false), poor)).toEqual([]);
  expect(await desk.sendNext(everyone(false), poor)).toBeNull();
});
