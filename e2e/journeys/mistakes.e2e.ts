import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { test } from '../harness/fixture.ts';
import {
  goTo,
  openCreateRun,
  pressWhenReady,
  reviewAndSign,
  signUntilRunPage,
  startPracticeRun,
} from '../pages/main-path.ts';

const bookSample = readFileSync('test/fixtures/config/book-sample.toml', 'utf8');

test('mistakes are answered in place, one after the other, until the run is accepted', async ({ app }) => {
  const { page } = app;
  await startPracticeRun(page);

  await goTo(page, 'Runs');
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  const runId = page.getByLabel('Run id');
  await runId.fill('\u20ac'.repeat(11));
  await expect(page.getByText('33 / 32 bytes')).toBeVisible();
  await runId.fill('practice-run-1');
  await expect(page.getByText(/is your own run and was started already/).first()).toBeVisible();
  await runId.fill('second-attempt');
  await pressWhenReady(page, 'Continue to rewards');
  await pressWhenReady(page, 'Continue to configuration');

  const text = page.getByLabel('Configuration text');
  await text.fill(bookSample);
  await expect(page.getByRole('status', { name: 'Configuration verdict' })).toBeVisible();
  await expect(page.getByText('config.waiting_for_members_extra_time').first()).toBeVisible();
  await expect(page.getByText('model.LLM.cold_start_warmup_steps').first()).toBeVisible();
  await page.getByRole('button', { name: 'Insert missing keys' }).click();
  await expect(text).toHaveValue(/waiting_for_members_extra_time = 3/);
  await expect(text).toHaveValue(/cold_start_warmup_steps = 0/);

  const repaired = await text.inputValue();
  await text.fill(repaired.replace(/witness_nodes = \d+/, 'witness_nodes = 30'));
  await expect(page.getByText(/witness_nodes \(30\) is larger than min_clients/).first()).toBeVisible();
  await text.fill(repaired);
  await pressWhenReady(page, 'Continue to review');
  await reviewAndSign(page);
  await signUntilRunPage(page, 2);
});
