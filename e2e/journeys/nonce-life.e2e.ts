import { expect, type Page } from '@playwright/test';
import { Connection, NONCE_ACCOUNT_LENGTH, NonceAccount, PublicKey } from '@solana/web3.js';
import { test } from '../harness/fixture.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import { approve, chooseNonce, inGroups, openNonceAccounts, reviewAndApprove } from '../pages/lifetime.ts';
import { goTo, pressWhenReady, startPracticeRun } from '../pages/main-path.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

const RUN_ID = 'practice-run-1';

/** From the list to a form about the only account, through to its confirmation. */
async function change(page: Page, act: 'Fund' | 'Advance' | 'Withdraw' | 'Close', amount?: string): Promise<void> {
  await page.getByRole('button', { name: 'Advance nonce-1' }).click();
  await page.getByRole('radio', { name: act, exact: true }).check();
  if (amount !== undefined) await page.getByLabel('Amount').fill(amount);
  await reviewAndApprove(page, 'Sign and send');
  await expect(page.getByRole('heading', { level: 1, name: 'Nonce accounts' })).toBeVisible();
}

test('a nonce account from its creation to its end: made, used for a pause, funded, advanced, emptied and closed', async ({
  app,
}) => {
  test.setTimeout(240_000);
  const { page } = app;
  await startPracticeRun(page);
  const url = await practiceUrl(page);
  const connection = new Connection(url, 'confirmed');
  const rent = await connection.getMinimumBalanceForRentExemption(NONCE_ACCOUNT_LENGTH);

  await openNonceAccounts(page);
  await page.getByRole('button', { name: 'Create nonce accounts' }).first().click();
  await reviewAndApprove(page, 'Sign and send');
  await expect(page.getByRole('row', { name: /^nonce-1, (free|just moved)/ })).toBeVisible();
  const { rows } = await ask<{ rows: { address: string }[] }>(page, 'nonces', 'list');
  const address = new PublicKey(rows[0]?.address ?? '');
  const outside = async () => {
    const account = await connection.getAccountInfo(address);
    return account && { lamports: account.lamports, nonce: NonceAccount.fromAccountData(account.data).nonce };
  };
  const made = await outside();
  expect(made?.lamports).toBe(rent);

  await goTo(page, 'Runs');
  await page.getByRole('row', { name: new RegExp(RUN_ID) }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
  await chooseNonce(page);
  await pressWhenReady(page, 'Review and sign');
  await expect(page.getByText('Once signed, this never expires')).toBeVisible();
  await expect(page.getByText(inGroups(address.toBase58())).filter({ visible: true }).first()).toBeVisible();
  await approve(page, 'Sign and send');
  await expect.poll(async () => (await readRunFromOutside(url, RUN_ID))?.state.coordinator.run_state).toBe('Paused');
  const used = await outside();
  expect(used?.nonce).not.toBe(made?.nonce);

  await openNonceAccounts(page);
  await expect(page.getByRole('row', { name: /^nonce-1, free/ })).toBeVisible();
  await change(page, 'Fund', '0.25');
  expect(await outside()).toEqual({ lamports: rent + 250_000_000, nonce: used?.nonce });
  await change(page, 'Advance');
  const advanced = await outside();
  expect(advanced?.nonce).not.toBe(used?.nonce);
  await change(page, 'Withdraw', '0.2');
  expect(await outside()).toEqual({ lamports: rent + 50_000_000, nonce: advanced?.nonce });
  await change(page, 'Close');
  await expect(page.getByText('No nonce accounts yet')).toBeVisible();
  expect(await outside()).toBeNull();
});
