import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { mainFolder } from '#test/main/main-folder.ts';
import { approvalOf, practiceOperator } from '#test/main/practice-operator.ts';
import { noDialogs } from '#test/main/start-main.ts';

const folder = mainFolder();

const ANNA = 'tDfLDrJaK4CvH47gQWNsYDL1KxyKvo4xmJwecZoErq7' as Address;

test('lists over RPC what was let in, by grantor, by grantee and by own keys', async () => {
  const { services, demo, request, review, finish } = await practising();
  const users = [ANNA, SYSTEM_PROGRAM].map((address) => ({ address, label: '' }));
  const shown = await review(request({ kind: 'allow-many', users }));
  expect(shown).toMatchObject({ title: 'Allow 2 users', blocked: '' });
  await finish((await services.approvals.approve(approvalOf(shown))).transactionId);
  const { rows, clusterTime } = await services.authorizations.list({});
  expect(rows.map(({ grantee, active, mineToGrant }) => ({ grantee, active, mineToGrant }))).toEqual([
    { grantee: SYSTEM_PROGRAM, active: true, mineToGrant: true },
    { grantee: ANNA, active: true, mineToGrant: true },
  ]);
  expect(clusterTime).toBeGreaterThanOrEqual(rows[0]?.updatedAt ?? Infinity);
  expect((await services.authorizations.list({ grantor: demo })).rows).toHaveLength(2);
  expect((await services.authorizations.list({ grantor: demo, grantee: ANNA })).rows).toMatchObject([
    { grantor: demo, lamports: 1_642_560n, closing: { kind: 'deactivate-first' } },
  ]);
  expect((await services.authorizations.list({ grantor: ANNA })).rows).toEqual([]);
}, 60_000);

test('gives a join kit with the practice network’s own URLs, which hold no key', async () => {
  const { services } = await practising();
  const question = { runId: 'atlas-7', user: ANNA, keyfilePath: 'key.json', includeUrl: false };
  const { env, urlLeftOut } = services.authorizations.joinKit(question);
  expect(urlLeftOut).toBe(false);
  expect(env).toMatch(/^RPC=http:\/\/127\.0\.0\.1:\d+\/?\nWS_RPC=ws:\/\/127\.0\.0\.1:\d+\/?\nRUN_ID=atlas-7\n/);
  await expect(services.authorizations.canJoin({ runId: 'atlas-7', user: ANNA })).rejects.toMatchObject({
    code: 'run/not-found',
  });
}, 60_000);

test('opens a list of users, and takes no for an answer', async () => {
  const path = join(folder.path, 'users.csv');
  writeFileSync(path, `${ANNA},Anna\n`);
  const answers = [path, undefined];
  const main = await folder.start({ dialogs: { ...noDialogs, chooseFile: async () => answers.shift() } });
  const { authorizations } = main.services;
  expect(await authorizations.openUsers()).toEqual({ kind: 'opened', fileName: 'users.csv', text: `${ANNA},Anna\n` });
  expect(await authorizations.openUsers()).toEqual({ kind: 'cancelled' });
});

async function practising() {
  const main = await folder.start();
  return practiceOperator(main);
}
