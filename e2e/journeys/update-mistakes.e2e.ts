import { expect } from '@playwright/test';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import { test } from '../harness/fixture.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import { carryOut, runPage, startPracticeRun } from '../pages/main-path.ts';
import { practiceUrl } from '../pages/window-api.ts';

test('a running run is updated after its mistakes were named, and after it was paused from the form', async ({
  app,
}) => {
  const { page } = app;
  await startPracticeRun(page);
  const url = await practiceUrl(page);
  const outside = async () => (await readRunFromOutside(url, 'practice-run-1'))?.state.coordinator;
  const before = await outside();

  await page.getByRole('button', { name: 'Update configuration' }).click();
  const text = page.getByLabel('Configuration text');
  await page.getByRole('button', { name: 'Take what the chain has' }).click();
  await expect(text).toHaveValue(/total_steps/);
  const onChain = await text.inputValue();
  expect(configurationOf(onChain)).toEqual({ config: before?.config, model: before?.model });

  const checks = page.getByRole('list', { name: 'Checks', exact: true });
  await text.fill(onChain.replace(/^init_min_clients = \d+/m, 'init_min_clients = "two"'));
  await expect(page.getByRole('list', { name: 'Findings' })).toContainText('config.init_min_clients');
  await text.fill(onChain.replace(/^witness_nodes = \d+/m, 'witness_nodes = 30'));
  await expect(checks).toContainText(/witness_nodes \(30\) is larger than min_clients \(1\)/);
  await expect(checks).toContainText('6004');
  await expect(checks).toContainText('UpdateConfigNotHalted 6001');
  const right = onChain.replace(/^total_steps = \d+/m, 'total_steps = 4242');
  await text.fill(right);
  await expect(checks).not.toContainText('witness_nodes');
  await expect(page.getByRole('rowheader', { name: 'config.total_steps' })).toBeVisible();

  await expect(page.getByRole('alert').filter({ hasText: 'It is running: pause it first' })).toBeVisible();
  await page.getByRole('button', { name: 'Pause it first' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Pause practice-run-1' })).toBeVisible();
  await carryOut(page, runPage(page));
  expect(await outside()).toMatchObject({ run_state: 'Paused', config: before?.config });

  await page.getByRole('button', { name: 'Update configuration' }).click();
  await expect(text).toHaveValue(right);
  await expect(checks).not.toContainText('UpdateConfigNotHalted');
  await carryOut(page, runPage(page));
  const { config, model } = (await outside()) ?? {};
  expect({ config, model }).toEqual(configurationOf(right));
  expect(config?.total_steps).toBe(4242);
});
