import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Connection, Keypair, LAMPORTS_PER_SOL, type PublicKey } from '@solana/web3.js';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test } from '../harness/fixture.ts';
import {
  joinFromOutside,
  placeOfRunFromOutside,
  readAuthorizationFromOutside,
  readRunFromOutside,
  landed,
} from '../harness/outside-run.ts';
import {
  carryOut,
  enterPractice,
  goTo,
  openCreateRun,
  pressWhenReady,
  reviewAndSign,
  signUntilRunPage,
} from '../pages/main-path.ts';
import { addKeyfile, writeKeyfile } from '../pages/own-network.ts';
import { practiceUrl } from '../pages/window-api.ts';

const RUN_ID = 'practice-run-1';

const addressOf = (key: Keypair) => key.publicKey.toBase58();

/** The file as it should be, and as it first was: a line cut short, a digit base58 lacks, everyone's address, no address. */
function filesOf(users: readonly Keypair[]) {
  const good = ['address,label', ...users.map((user, index) => `${addressOf(user)},User ${index + 1}`)];
  const bad = good.with(3, (good[3] ?? '').replace(/.{4},/, ','));
  bad[8] = `0${(bad[8] ?? '').slice(1)}`;
  bad[13] = `${'1'.repeat(32)},Everyone`;
  bad[20] = 'User 20';
  return { good: `${good.join('\n')}\n`, bad: `${bad.join('\n')}\n` };
}

async function createRunForOneUser(page: Page, user: string): Promise<void> {
  await goTo(page, 'Runs');
  await openCreateRun(page);
  await page.getByRole('radio', { name: 'One user' }).check();
  await page.getByLabel('Address of the user').fill(user);
  for (const next of ['Continue to identity', 'Continue to rewards', 'Continue to configuration', 'Continue to review'])
    await pressWhenReady(page, next);
  await reviewAndSign(page);
  await signUntilRunPage(page, 2);
}

async function funded(url: string, key: Keypair): Promise<Keypair> {
  const connection = new Connection(url, 'confirmed');
  await landed(connection, await connection.requestAirdrop(key.publicKey, LAMPORTS_PER_SOL));
  return key;
}

test('a private run: 25 users from a file put right line by line, and a delegate that joins for one of them', async ({
  app,
  dataDir,
}) => {
  const { page } = app;
  const users = Array.from({ length: 25 }, () => Keypair.generate());
  const [user = Keypair.generate()] = users;
  const delegate = Keypair.generate();
  const { good, bad } = filesOf(users);
  const file = join(dataDir, 'users.csv');
  writeFileSync(file, bad);

  await enterPractice(page);
  await addKeyfile(app, writeKeyfile(dataDir, 'user-1.json', user));
  await createRunForOneUser(page, addressOf(user));

  await goTo(page, 'Who may join');
  await page.getByRole('button', { name: 'Let someone join' }).first().click();
  await page.getByRole('radio', { name: 'Many users' }).check();
  await answerDialogs(app.app, { open: file });
  await page.getByRole('button', { name: 'Open file' }).click();
  const list = page.getByRole('textbox', { name: 'Users' });
  await expect(list).toHaveValue(bad);
  const findings = page.getByRole('list', { name: 'Findings by line' }).getByRole('listitem');
  await expect(findings).toHaveCount(4);
  await expect(findings.filter({ hasText: 'Line 4' })).toContainText(/holds (29|30) bytes; an address has 32/);
  await expect(findings.filter({ hasText: 'Line 9' })).toContainText('contains “0”, which base58 does not have');
  await expect(findings.filter({ hasText: 'Line 14' })).toContainText('stands for everyone, not for a user');
  await expect(findings.filter({ hasText: 'Line 21' })).toContainText('is no address');
  await expect(page.getByRole('status', { name: 'Result of reading the list' })).toContainText(
    '4 lines cannot be read',
  );
  await expect(page.getByText('Put the marked lines right, or leave them out').first()).toBeVisible();
  await list.fill(good);
  await expect(page.getByRole('status', { name: 'Result of reading the list' })).toHaveText('25 users');
  await carryOut(page, page.getByRole('heading', { level: 1, name: 'Who may join' }));

  const url = await practiceUrl(page);
  const { joinAuthority } = await placeOfRunFromOutside(url, RUN_ID);
  const authorizationOf = (key: PublicKey) => readAuthorizationFromOutside(url, joinAuthority, key);
  const given = await Promise.all(users.map(({ publicKey }) => authorizationOf(publicKey)));
  expect(given.map((one) => one?.active)).toEqual(users.map(() => true));

  await page.getByRole('radio', { name: 'By user' }).check();
  await page.getByRole('button', { name: /^Set the delegates of/ }).click();
  await page.getByRole('textbox', { name: 'Delegates to add' }).fill(addressOf(delegate));
  await carryOut(page, page.getByRole('heading', { level: 1, name: 'Who may join' }));
  const kept = await authorizationOf(user.publicKey);
  expect(kept?.delegates.map((one) => Buffer.from(one).toString('hex'))).toEqual([
    Buffer.from(delegate.publicKey.toBytes()).toString('hex'),
  ]);

  const stranger = await funded(url, Keypair.generate());
  await expect(joinFromOutside(url, RUN_ID, stranger, user.publicKey)).rejects.toThrow(
    /caused by account: authorization\. Error Code: ConstraintRaw/,
  );
  await expect(joinFromOutside(url, RUN_ID, stranger)).rejects.toThrow(
    /caused by account: authorization\. Error Code: AccountNotInitialized/,
  );
  await joinFromOutside(url, RUN_ID, await funded(url, delegate), user.publicKey);
  const clients = (await readRunFromOutside(url, RUN_ID))?.state.clients_state.clients ?? [];
  expect(clients.map(({ id }) => Buffer.from(id.signer).toString('hex'))).toEqual([
    Buffer.from(delegate.publicKey.toBytes()).toString('hex'),
  ]);
});
