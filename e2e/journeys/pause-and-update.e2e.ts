import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test } from '../harness/fixture.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import { goTo, reviewAndSign, sign, startPracticeRun } from '../pages/main-path.ts';
import { practiceUrl } from '../pages/window-api.ts';

test('pause, change the configuration with its difference shown, resume, dump and inspect', async ({
  app,
  dataDir,
}) => {
  const { page } = app;
  await startPracticeRun(page);
  const url = await practiceUrl(page);
  const stateOutside = async () => (await readRunFromOutside(url, 'practice-run-1'))?.state.coordinator.run_state;

  await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
  await reviewAndSign(page);
  await sign(page);
  await expect.poll(stateOutside).toBe('Paused');

  await page.getByRole('button', { name: 'Update configuration' }).click();
  const text = page.getByLabel('Configuration text');
  await page.getByRole('button', { name: 'Take what the chain has' }).click();
  await expect(text).toHaveValue(/total_steps/);
  await text.fill((await text.inputValue()).replace(/^total_steps = \d+/m, 'total_steps = 4242'));
  await expect(page.getByRole('rowheader', { name: 'config.total_steps' })).toBeVisible();
  await reviewAndSign(page);
  await sign(page);
  await expect
    .poll(async () => (await readRunFromOutside(url, 'practice-run-1'))?.state.coordinator.config.total_steps)
    .toBe(4242);

  await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
  await reviewAndSign(page);
  await sign(page);
  await expect.poll(stateOutside).toBe('WaitingForMembers');

  const dump = join(dataDir, 'run.json');
  await answerDialogs(app.app, { save: dump });
  await page.getByRole('button', { name: 'Dump' }).click();
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  await expect(page.getByText('Saved as run.json')).toBeVisible();
  expect(JSON.parse(readFileSync(dump, 'utf8'))).toMatchObject({
    coordinator_account: {
      run_id: 'practice-run-1',
      setup: { config: { total_steps: 4242 } },
      status: { state: 'Waiting for members' },
    },
    treasurer_run: null,
  });

  await goTo(page, 'Inspector');
  await page.getByLabel('Address or run id').fill('practice-run-1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Run “practice-run-1”').first()).toBeVisible();
});
