import { expect } from '@playwright/test';
import { Connection } from '@solana/web3.js';
import { formatSol } from '#core/units/lamports.ts';
import { test } from '../harness/fixture.ts';
import { placeOfRunFromOutside, readRunFromOutside } from '../harness/outside-run.ts';
import {
  carryOut,
  enterPractice,
  goTo,
  openCreateRun,
  openOfRun,
  pressWhenReady,
  reviewAndSign,
  runPage,
  sign,
  startPracticeRun,
} from '../pages/main-path.ts';
import { practiceUrl } from '../pages/window-api.ts';

const RUN_ID = 'practice-run-1';

/** Lamports of one signature: the same key owns the run and pays. */
const SIGNATURE_FEE = 5_000;

test('closing a run: paused first, a word typed, and exactly the refund that was shown comes back', async ({ app }) => {
  const { page } = app;
  await startPracticeRun(page);
  const url = await practiceUrl(page);
  const connection = new Connection(url, 'confirmed');
  const { instance, account, mainAuthority } = await placeOfRunFromOutside(url, RUN_ID);

  await openOfRun(page, 'Close the run');
  await expect(page.getByText('It is running: only a run that stands still can be closed')).toBeVisible();
  await expect(page.getByText(/CloseCoordinatorNotHalted 6009/)).toBeVisible();
  await page.getByRole('button', { name: 'Pause it first' }).click();
  await carryOut(page, runPage(page));

  const held = (await connection.getBalance(instance)) + (await connection.getBalance(account));
  const before = await connection.getBalance(mainAuthority);
  await openOfRun(page, 'Close the run');
  await expect(page.getByRole('list', { name: 'Consequences' })).toContainText(
    `${formatSol(BigInt(held))} SOL come back to ${mainAuthority.toBase58()}`,
  );
  await reviewAndSign(page);
  await expect(page.getByRole('alert').filter({ hasText: 'for good' })).toBeVisible();
  await expect(page.getByText('Type “sign anyway” first')).toBeVisible();
  const word = page.getByLabel('Type “sign anyway” to sign this');
  await word.fill('sign');
  await expect(page.getByRole('button', { name: 'Sign and send' })).toHaveAttribute('aria-disabled', 'true');
  expect(await connection.getBalance(mainAuthority)).toBe(before);
  await word.fill('sign anyway');
  await sign(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();

  expect(await readRunFromOutside(url, RUN_ID)).toBeUndefined();
  expect(await connection.getAccountInfo(instance)).toBeNull();
  expect(await connection.getAccountInfo(account)).toBeNull();
  expect(await connection.getBalance(mainAuthority)).toBe(before + held - SIGNATURE_FEE);
});

test('a run with rewards cannot be closed, and says why', async ({ app }) => {
  const { page } = app;
  await enterPractice(page);
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  await pressWhenReady(page, 'Continue to rewards');
  await page.getByLabel('Pay clients with tokens').check();
  await pressWhenReady(page, 'Continue to configuration');
  await page.getByLabel('Configure later').check();
  await pressWhenReady(page, 'Continue to review');
  await carryOut(page, runPage(page));

  const url = await practiceUrl(page);
  const { account } = await placeOfRunFromOutside(url, RUN_ID);
  await openOfRun(page, 'Close the run');
  await expect(page.getByRole('heading', { name: 'A run with rewards cannot be closed' })).toBeVisible();
  await expect(page.getByText(/has no instruction to close a run or to take its tokens back/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review and sign' })).toBeHidden();
  await page.getByRole('button', { name: 'Back to the run' }).click();
  await expect(runPage(page)).toBeVisible();
  expect(await new Connection(url, 'confirmed').getAccountInfo(account)).not.toBeNull();
  await goTo(page, 'Runs');
  await expect(page.getByRole('row', { name: `Run ${RUN_ID}` })).toBeVisible();
});
