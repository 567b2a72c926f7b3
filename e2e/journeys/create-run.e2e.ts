import { expect } from '@playwright/test';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import { test } from '../harness/fixture.ts';
import { enterPractice, openCreateRun, reviewAndSign, signUntilRunPage, walkToReview } from '../pages/main-path.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

test('a run anyone may join: created, configured and started with two approvals and nothing typed', async ({ app }) => {
  const { page } = app;
  await enterPractice(page);
  await openCreateRun(page);
  await walkToReview(page);
  await reviewAndSign(page);
  await signUntilRunPage(page, 2);
  await expect(page.getByText('Waiting', { exact: false }).first()).toBeVisible();

  const { text } = await ask<{ text: string }>(page, 'config', 'sample');
  const run = await readRunFromOutside(await practiceUrl(page), 'practice-run-1');
  expect(run?.state.coordinator.run_state).toBe('WaitingForMembers');
  expect({ config: run?.state.coordinator.config, model: run?.state.coordinator.model }).toEqual(configurationOf(text));
});

test('the keyboard is enough: Enter through every step', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('button', { name: /^Practice/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await page.getByRole('button', { name: 'Create run' }).first().focus();
  await page.keyboard.press('Enter');
  for (const step of ['Who may join', 'Identity', 'Rewards', 'Configuration', 'Review']) {
    await expect(page.getByRole('form', { name: step })).toBeVisible();
    const next = page.locator('button[type=submit]');
    await expect(next).not.toHaveAttribute('aria-disabled', 'true');
    await next.focus();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('button', { name: 'Sign and send' })).toBeVisible();
});
