import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Keypair } from '@solana/web3.js';
import { test } from '../harness/fixture.ts';
import { readAuthorizationFromOutside } from '../harness/outside-run.ts';
import { makeEncryptedKey } from '../pages/encrypted-key.ts';
import { shownHash } from '../pages/lifetime.ts';
import { enterPractice, goTo, pressWhenReady } from '../pages/main-path.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

/** Longer than a blockhash lives on the practice network. */
const LAPSE_SECONDS = 60;

const PASSPHRASE = 'four words nobody guesses';

type Row = { readonly messageHash: string; readonly outcome?: { readonly kind: string } };

test('a blockhash that lapses while somebody reads: the review is renewed by itself, and the new bytes are signed', async ({
  app,
  dataDir,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  const user = Keypair.generate().publicKey;
  await enterPractice(page);
  await goTo(page, 'Signers');
  const joinAuthority = await makeEncryptedKey(app, join(dataDir, 'joiner.json'), PASSPHRASE);
  await goTo(page, 'Who may join');
  await page.getByRole('button', { name: 'Let someone join' }).first().click();
  await page.getByRole('radio', { name: 'One user' }).check();
  await page.getByLabel('Address of the user').fill(user.toBase58());
  await page.getByRole('combobox', { name: 'Join authority' }).click();
  await page.getByRole('option', { name: /^joiner/ }).click();
  await pressWhenReady(page, 'Review and sign');
  await expect(page.getByRole('button', { name: 'Sign and send' })).toBeVisible();
  const first = await shownHash(page);
  const passphrase = page.getByLabel('Passphrase of joiner');
  await passphrase.fill(PASSPHRASE);

  await ask(page, 'practice', 'advance', { seconds: LAPSE_SECONDS });
  await expect(page.getByText('This is a new review: the one before was about to expire')).toBeVisible({
    timeout: 60_000,
  });
  const second = await shownHash(page);
  expect(second).not.toBe(first);
  await expect(passphrase).toHaveValue(PASSPHRASE);

  await page.getByRole('button', { name: 'Back without signing' }).click();
  await expect(page.getByLabel('Address of the user')).toHaveValue(user.toBase58());
  await expect(page.getByRole('combobox', { name: 'Join authority' })).toHaveValue(/^joiner/);
  await pressWhenReady(page, 'Review and sign');
  await passphrase.fill(PASSPHRASE);
  const third = await shownHash(page);
  await ask(page, 'practice', 'advance', { seconds: LAPSE_SECONDS });
  await expect.poll(() => shownHash(page), { timeout: 60_000 }).not.toBe(third);
  const last = await shownHash(page);
  await pressWhenReady(page, 'Sign and send');
  await expect(page.getByRole('heading', { level: 1, name: 'Who may join' })).toBeVisible({ timeout: 30_000 });

  const rows = await ask<Row[]>(page, 'transactions', 'list');
  expect(rows.map(({ outcome }) => outcome?.kind)).toEqual(['confirmed']);
  expect(rows[0]?.messageHash).toBe(last);
  const given = await readAuthorizationFromOutside(await practiceUrl(page), joinAuthority, user);
  expect(given?.active).toBe(true);
});
