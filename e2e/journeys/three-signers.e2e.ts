import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Keypair } from '@solana/web3.js';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test } from '../harness/fixture.ts';
import { readAuthorizationFromOutside } from '../harness/outside-run.ts';
import { approve, chooseNonce, inGroups, openNonceAccounts, reviewAndApprove } from '../pages/lifetime.ts';
import { makeEncryptedKey } from '../pages/encrypted-key.ts';
import { enterPractice, goTo, pressWhenReady } from '../pages/main-path.ts';
import { signedByTheWrong, signedElsewhere } from '../pages/signing-elsewhere.ts';
import { practiceUrl } from '../pages/window-api.ts';

const PASSPHRASE = 'four words nobody guesses';

/** Somebody whose key is on another machine. */
async function rememberAddress(page: Page, key: Keypair, name: string): Promise<void> {
  await page.getByLabel('Address', { exact: true }).fill(key.publicKey.toBase58());
  await page.getByLabel('Name', { exact: true }).fill(name);
  await pressWhenReady(page, 'Add address');
  await expect(page.getByRole('listitem', { name: `Signer ${name}`, exact: true })).toBeVisible();
}

async function choose(page: Page, field: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

test('three different signers: two here, one of them encrypted, and one elsewhere whose signature comes back as text', async ({
  app,
  dataDir,
}) => {
  test.setTimeout(240_000);
  const { page } = app;
  const keeper = Keypair.generate();
  const stranger = Keypair.generate();
  const user = Keypair.generate().publicKey;
  const exported = join(dataDir, 'for-the-keeper.txt');
  await enterPractice(page);
  await goTo(page, 'Signers');
  const authority = await makeEncryptedKey(app, join(dataDir, 'authority.json'), PASSPHRASE);
  await rememberAddress(page, keeper, 'Nonce keeper');

  await openNonceAccounts(page);
  await page.getByRole('button', { name: 'Create nonce accounts' }).first().click();
  await choose(page, 'Nonce authority', /^Nonce keeper/);
  await reviewAndApprove(page, 'Sign and send');
  await expect(page.getByRole('row', { name: /^nonce-1, foreign/ })).toBeVisible();

  await goTo(page, 'Who may join');
  await page.getByRole('button', { name: 'Let someone join' }).first().click();
  await page.getByRole('radio', { name: 'One user' }).check();
  await page.getByLabel('Address of the user').fill(user.toBase58());
  await choose(page, 'Join authority', /^authority/);
  await chooseNonce(page, 'nonce-1');
  await pressWhenReady(page, 'Review and sign');
  const slots = page.getByRole('list', { name: 'Required signatures' }).getByRole('listitem');
  await expect(slots).toHaveCount(3);
  await expect(slots.filter({ hasText: 'Fee payer' })).toContainText('will sign');
  await expect(slots.filter({ hasText: 'Nonce authority' })).toContainText(inGroups(keeper.publicKey.toBase58()));
  await expect(slots.filter({ hasText: 'Nonce authority' })).toContainText('missing');
  await page.getByLabel('Passphrase of authority').fill(PASSPHRASE);
  await approve(page, 'Sign 2 of 3 and keep for the others');

  const waiting = page.getByRole('region', { name: 'Waits for 1 signature' });
  await expect(waiting).toContainText('Nonce keeper');
  await waiting.getByRole('button', { name: 'Copy as text' }).click();
  await expect(waiting.getByText('Copied: send it to whoever signs next')).toBeVisible();
  await answerDialogs(app.app, { save: exported });
  await waiting.getByRole('button', { name: 'Save as file' }).click();
  await expect(waiting.getByText('Saved as for-the-keeper.txt')).toBeVisible();
  const text = readFileSync(exported, 'utf8');

  await waiting.getByRole('button', { name: 'Add signatures' }).click();
  const field = waiting.getByLabel('Transaction in base64');
  const forged = signedByTheWrong(text, keeper.publicKey, stranger);
  await field.fill(forged);
  await expect(waiting.getByRole('alert')).toContainText(/signature/i);
  await expect(waiting.getByRole('button', { name: /^Add 1 signature/ })).toHaveCount(0);
  await expect(field).toHaveValue(forged);
  await expect(waiting.getByRole('list', { name: 'Missing signatures' })).toContainText('Nonce keeper');
  const url = await practiceUrl(page);
  expect(await readAuthorizationFromOutside(url, authority, user)).toBeUndefined();

  await field.fill(signedElsewhere(text, keeper));
  await pressWhenReady(page, 'Add 1 signature and send');
  await expect.poll(async () => (await readAuthorizationFromOutside(url, authority, user))?.active).toBe(true);
  await goTo(page, 'Transactions');
  await expect(page.getByRole('row', { name: /^Let|^Allow/ }).first()).toContainText('confirmed');
});
