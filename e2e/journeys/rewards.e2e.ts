import { expect, type Page } from '@playwright/test';
import { readRunFromOutside, readVaultFromOutside } from '../harness/outside-run.ts';
import { test } from '../harness/fixture.ts';
import {
  enterPractice,
  openCreateRun,
  pressWhenReady,
  reviewAndSign,
  sign,
  signUntilRunPage,
  walkToReview,
} from '../pages/main-path.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

const RUN_ID = 'practice-run-1';

/** A figure of the treasury panel, by its name. */
const figure = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Treasury' })
    .locator('dt', { hasText: name })
    .first()
    .locator('xpath=following-sibling::dd[1]');

/** How many approvals the last step announces. */
async function approvalsSaid(page: Page): Promise<number> {
  const words = page.getByText(/^\d approvals, one after the other$/);
  await expect(words).toBeVisible();
  return Number.parseInt(await words.innerText(), 10);
}

test('a run with rewards: created, funded and started in as many approvals as were said, and topped up once more', async ({
  app,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  await enterPractice(page);
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  await pressWhenReady(page, 'Continue to rewards');
  await page.getByLabel('Pay clients with tokens').check();
  await expect(page.getByText('6 digits after the point').first()).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1e3');
  await expect(page.getByText(/is not a plain decimal number/).first()).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('100.5');
  await page.getByLabel('Fill the treasury up to').fill('1000');
  await pressWhenReady(page, 'Continue to configuration');
  await pressWhenReady(page, 'Continue to review');
  const approvals = await approvalsSaid(page);
  expect(approvals).toBeLessThanOrEqual(3);
  await reviewAndSign(page);
  await signUntilRunPage(page, approvals);

  await expect(figure(page, 'Funded')).toHaveText('1\u202F000 tokens');
  await expect(figure(page, 'Lasts at the next rate')).toHaveText('9 epochs');

  await page.getByRole('button', { name: 'Top up', exact: true }).click();
  await page.getByLabel('Amount').fill('250.000001');
  await reviewAndSign(page);
  await sign(page);
  await expect(figure(page, 'Funded')).toHaveText('1\u202F250.000001 tokens');

  const url = await practiceUrl(page);
  expect(await readVaultFromOutside(url, RUN_ID)).toBe(1_250_000_001n);
  const run = await readRunFromOutside(url, RUN_ID);
  expect(run?.state.coordinator.run_state).toBe('WaitingForMembers');
  expect(run?.state.clients_state.future_epoch_rates.earning_rate_total_shared).toBe(100_500_000n);
});

test('a plain run pays points: the rate is set without a treasury, and that is said', async ({ app }) => {
  const { page } = app;
  await enterPractice(page);
  await openCreateRun(page);
  await walkToReview(page);
  await reviewAndSign(page);
  await signUntilRunPage(page, 2);

  const points = page.getByRole('region', { name: 'Points without tokens' });
  await points.getByRole('button', { name: 'Set rates' }).click();
  await expect(page.getByText('a treasury cannot be added to it later')).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1000.5');
  await expect(page.getByText(/more than 0 digits after the point/)).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1000');
  await reviewAndSign(page);
  await sign(page);
  await expect(points.getByRole('row', { name: /^Reward per epoch, shared/ })).toContainText('1\u202F000 points');

  const run = await readRunFromOutside(await practiceUrl(page), RUN_ID);
  expect(run?.state.clients_state.future_epoch_rates.earning_rate_total_shared).toBe(1_000n);
  const treasury = await ask<{ kind: string }>(page, 'runs', 'treasury', { runId: RUN_ID });
  expect(treasury.kind).toBe('plain');
});
