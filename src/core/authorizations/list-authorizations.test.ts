import { expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { authorizationAccount, createAuthorizationDesk } from '#test/practice/authorization-desk.ts';
import { createRunInput } from '#test/practice/operator-desk.ts';
import { listAuthorizations } from './list-authorizations.ts';
import type { AuthorizationQuestion } from './authorization-view.ts';

const stranger = createAuthorizationDesk().person('another authority');
const anna = createAuthorizationDesk().person('anna');

/** Two authorizations of ours, one of a stranger to the same user, one of ours for another purpose. */
async function listingDesk() {
  const own = createAuthorizationDesk().joinAuthority;
  const desk = createAuthorizationDesk({
    accounts: [
      authorizationAccount(stranger, anna),
      authorizationAccount(own, stranger, { scope: new TextEncoder().encode('AnotherPurpose') }),
    ],
  });
  desk.person('anna');
  await desk.sendAll(createRunInput({ whoMayJoin: { kind: 'user', address: anna } }));
  await desk.sendAll({ kind: 'allow-to-join', whoMayJoin: { kind: 'anyone' } });
  const list = (question: AuthorizationQuestion, keys: readonly Address[] = []) =>
    listAuthorizations(question, { chain: desk.reader, programs: DEFAULT_PROGRAM_IDS, own: new Set(keys) });
  return { desk, list };
}

test('lists what a join authority gave, those for everyone first, with the runs that accept it', async () => {
  const { desk, list } = await listingDesk();
  const { rows } = await list({ grantor: desk.joinAuthority }, [desk.joinAuthority]);
  expect(rows.map(({ grantee }) => grantee)).toEqual([SYSTEM_PROGRAM, anna]);
  expect(rows[0]).toMatchObject({
    active: true,
    runs: ['atlas-7'],
    mineToGrant: true,
    mineToUse: false,
    updatedAt: Number(desk.chain.time().unixTimestamp),
    closing: { kind: 'deactivate-first', waitSeconds: 0 },
    lamports: 1_642_560n,
  });
});

test('lists what a user was given, by whom, and both together', async () => {
  const { desk, list } = await listingDesk();
  const { rows } = await list({ grantee: anna });
  expect(new Map(rows.map(({ grantor, runs }) => [grantor, runs]))).toEqual(
    new Map([
      [desk.joinAuthority, ['atlas-7']],
      [stranger, []],
    ]),
  );
  expect((await list({ grantor: stranger, grantee: anna })).rows).toHaveLength(1);
  expect((await list({ grantor: stranger, grantee: SYSTEM_PROGRAM })).rows).toEqual([]);
});

test('without a question lists what own keys gave or got, and nothing for somebody without keys', async () => {
  const { desk, list } = await listingDesk();
  expect((await list({})).rows).toEqual([]);
  expect((await list({}, [anna])).rows.map(({ mineToUse }) => mineToUse)).toEqual([true, true]);
  expect((await list({}, [desk.joinAuthority])).rows).toHaveLength(2);
});

test('says from when one with delegates can be closed', async () => {
  const { desk, list } = await listingDesk();
  const closing = async () => (await list({ grantor: desk.joinAuthority, grantee: anna })).rows[0]?.closing;
  await desk.sendAll({ kind: 'set-delegates', grantor: desk.joinAuthority, grantee: anna, delegates: [stranger] });
  expect(await closing()).toEqual({ kind: 'deactivate-first', waitSeconds: 2_592_000 });
  await desk.sendAll({ kind: 'set-authorization-active', grantee: anna, active: false });
  const from = Number(desk.chain.time().unixTimestamp) + 2_592_000;
  expect(await closing()).toEqual({ kind: 'from', unixTime: from });
  desk.chain.advance(2_592_000);
  expect(await closing()).toEqual({ kind: 'now' });
});
