import { expect, test } from 'vitest';
import { formatUtc } from '#core/authorizations/closing.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { createAuthorizationDesk, customCodeOf } from '#test/practice/authorization-desk.ts';
import type { CloseAuthorizationInput } from './input.ts';

const everyones: CloseAuthorizationInput = { kind: 'close-authorization', grantee: SYSTEM_PROGRAM };

const THIRTY_DAYS = 2_592_000n;

test('returns the rent to the payer once it is not active, at once without delegates', async () => {
  const desk = createAuthorizationDesk();
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
  const { checks } = (await desk.prepare(everyones, desk.signers)).prepared;
  expect(checks.find(({ kind }) => kind === 'fail')).toMatchObject({
    reason: expect.stringContaining('AuthorizationActiveIsTrue 6000') as string,
    remedy: 'Deactivate it first; it can then be closed at once',
    action: { place: { kind: 'authorizations' } },
  });
  expect(customCodeOf(await desk.sendNext(everyones, desk.signers))).toBe(6000);
  await desk.sendAll({ kind: 'set-authorization-active', grantee: SYSTEM_PROGRAM, active: false });
  const { prepared } = await desk.prepare(everyones, desk.signers);
  expect(prepared.consequences).toContainEqual({
    about: 'sol',
    text: `Its rent of 0.00164256 SOL goes to the fee payer ${desk.payer}, whoever paid it once`,
  });
  expect(await desk.failures(everyones)).toEqual([]);
  const before = desk.lamportsOf(desk.payer);
  expect(await desk.sendNext(everyones, desk.signers)).toBeNull();
  expect(desk.lamportsOf(desk.payer) - before).toBe(rentExemptMinimum(108) - prepared.feeLamports);
  expect(desk.authorizationOf(SYSTEM_PROGRAM)).toBeUndefined();
});

test('with delegates waits 30 days to the second, as the check says', async () => {
  const desk = createAuthorizationDesk();
  const grantee = desk.person('grantee');
  const close: CloseAuthorizationInput = { kind: 'close-authorization', grantee };
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: grantee } });
  await desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee, delegates: desk.people(2) });
  const active = (await desk.prepare(close, desk.signers)).prepared.checks.filter(({ kind }) => kind === 'fail');
  expect(active).toMatchObject([{ remedy: expect.stringContaining('30 days later') as string }]);
  await desk.sendAll({ kind: 'set-authorization-active', grantee, active: false });
  const from = (desk.authorizationOf(grantee)?.grantor_update_unix_timestamp ?? 0n) + THIRTY_DAYS;
  const waitUntil = (time: bigint) => desk.chain.advance(Number(time - desk.chain.time().unixTimestamp));

  waitUntil(from - 1n);
  expect(desk.chain.time().unixTimestamp).toBe(from - 1n);
  const { checks } = (await desk.prepare(close, desk.signers)).prepared;
  expect(checks.filter(({ kind }) => kind === 'fail')).toMatchObject([
    {
      title: 'Waiting time',
      reason: expect.stringContaining('6001') as string,
      remedy: `Close it from ${formatUtc(Number(from))} on, or let its grantee clear the delegates: then it closes at once`,
    },
  ]);
  expect(customCodeOf(await desk.sendNext(close, desk.signers))).toBe(6001);

  waitUntil(from);
  expect(await desk.failures(close)).toEqual([]);
  expect(await desk.sendNext(close, desk.signers)).toBeNull();
});

test('needs no wait once the grantee has cleared its delegates', async () => {
  const desk = createAuthorizationDesk();
  const grantee = desk.person('grantee');
  const delegates = (keys: ReturnType<typeof desk.people>) =>
    desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee, delegates: keys });
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'user', address: grantee } });
  await delegates(desk.people(1));
  await desk.sendAll({ kind: 'set-authorization-active', grantee, active: false });
  expect(await desk.failures({ kind: 'close-authorization', grantee })).toHaveLength(1);
  await delegates([]);
  expect(await desk.failures({ kind: 'close-authorization', grantee })).toEqual([]);
  expect(await desk.sendNext({ kind: 'close-authorization', grantee }, desk.signers)).toBeNull();
});

test('is refused where there is none: 3012, or 3007 when the address holds lamports', async () => {
  const desk = createAuthorizationDesk();
  expect(await desk.failures(everyones)).toEqual([expect.stringContaining('AccountNotInitialized 3012')]);
  expect(customCodeOf(await desk.sendNext(everyones, desk.signers))).toBe(3012);
  const { steps } = await desk.prepare(everyones, desk.signers);
  const address = steps[0]?.instructions[0]?.keys[2]?.pubkey.toBase58();
  desk.fund(address as typeof desk.payer, 1_000_000n);
  expect(await desk.failures(everyones)).toEqual([expect.stringContaining('AccountOwnedByWrongProgram 3007')]);
  expect(customCodeOf(await desk.sendNext(everyones, desk.signers))).toBe(3007);
});

test('lets a payer with nothing but the fee pay it', async () => {
  const desk = createAuthorizationDesk();
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
  await desk.sendAll({ kind: 'set-authorization-active', grantee: SYSTEM_PROGRAM, active: false });
  const poor = desk.person('poor');
  const signers = { ...desk.signers, payer: poor };
  desk.fund(poor, 900_000n);
  expect(await desk.failures(everyones, signers)).toEqual([expect.stringContaining('Payer has too little SOL')]);
  expect(await desk.sendNext(everyones, signers)).not.toBeNull();
  desk.fund(poor, 890_880n + 10_000n - desk.lamportsOf(poor));
  expect(await desk.failures(everyones, signers)).toEqual([]);
  expect(await desk.sendNext(everyones, signers)).toBeNull();
});

test('names a time that no calendar has as it is', () => {
  expect(formatUtc(1_700_000_000)).toBe('2023-11-14 22:13:20 UTC');
  expect(formatUtc(9e15)).toBe('unix time 9000000000000000');
});
