import { expect } from '@playwright/test';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { test } from '../harness/fixture.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import { carryOut, runPage, startPracticeRun } from '../pages/main-path.ts';
import { practiceUrl } from '../pages/window-api.ts';

const STEP = 40;

/** Samples used up by the steps before `step`, counted step by step as the command line does. Source: PROTOCOL §8, §10. */
function samplesBefore(step: number): bigint {
  const { config, model } = configurationOf(PRACTICE_CONFIG_TEXT) ?? {};
  if (!config || !model) throw new Error('the practice configuration does not parse');
  const { global_batch_size_start: start, global_batch_size_end: end } = config;
  let index = 0;
  for (let count = 1; count < step; count += 1) {
    const share = (index * model.LLM.max_seq_len) / Number(config.global_batch_size_warmup_tokens);
    index += share >= 1 ? end : Math.floor(start + (end - start) * share + 0.5);
  }
  return BigInt(index);
}

test('a paused run restarts from a step, with the data index that belongs to it', async ({ app }) => {
  const { page } = app;
  await startPracticeRun(page);
  const url = await practiceUrl(page);
  const outside = async () => (await readRunFromOutside(url, 'practice-run-1'))?.state.coordinator;

  await page.getByRole('button', { name: 'Update configuration' }).click();
  const step = page.getByLabel('Restart from step');
  await step.fill('forty');
  await expect(page.getByText('Write a whole number in digits')).toBeVisible();
  await step.fill(String(STEP));
  const checks = page.getByRole('list', { name: 'Checks', exact: true });
  await expect(checks).toContainText('UpdateConfigNotHalted 6001');
  await checks.getByRole('button', { name: 'Pause it' }).click();
  await carryOut(page, runPage(page));

  await page.getByRole('button', { name: 'Update configuration' }).click();
  await expect(step).toHaveValue(String(STEP));
  const index = samplesBefore(STEP);
  await expect(page.getByRole('row', { name: /^progress\.step/ })).toContainText(String(STEP));
  await expect(page.getByRole('row', { name: /^progress\.epoch_start_data_index/ })).toContainText(String(index));
  await carryOut(page, runPage(page));
  expect(await outside()).toMatchObject({
    run_state: 'Paused',
    progress: { epoch: 0, step: STEP, epoch_start_data_index: index },
  });

  await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
  await carryOut(page, runPage(page));
  expect(await outside()).toMatchObject({
    run_state: 'WaitingForMembers',
    progress: { epoch: 0, step: STEP, epoch_start_data_index: index },
  });
});
