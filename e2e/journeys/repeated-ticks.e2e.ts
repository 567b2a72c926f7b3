import { expect } from '@playwright/test';
import { Connection } from '@solana/web3.js';
import { test } from '../harness/fixture.ts';
import { placeOfRunFromOutside } from '../harness/outside-run.ts';
import { openOfRun, pressWhenReady, startPracticeRun } from '../pages/main-path.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

type Row = { id: string; title: string; signature: string; outcome?: { kind: string } };
type View = { planId: string; timeline: readonly { state: string; at: number }[] };

test('five ticks with one review, stopped after two or more', async ({ app }) => {
  const { page } = app;
  await startPracticeRun(page);
  const url = await practiceUrl(page);
  const connection = new Connection(url, 'confirmed');
  const { account } = await placeOfRunFromOutside(url, 'practice-run-1');
  const seenOutside = async () => (await connection.getSignaturesForAddress(account)).map(({ signature }) => signature);
  const before = new Set(await seenOutside());

  await openOfRun(page, 'Tick');
  await page.getByRole('radio', { name: 'Again and again' }).check();
  await page.getByLabel('How many times').fill('5');
  await page.getByLabel('Milliseconds between two').fill('100');
  await expect(page.getByText('From 200 to 600\u202F000').first()).toBeVisible();
  await page.getByLabel('Milliseconds between two').fill('2500');
  await pressWhenReady(page, 'Review and sign');
  await pressWhenReady(page, 'Sign and tick 5 times');
  await expect(page.getByText(/^[2-4] of 5$/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop ticking' }).click();
  await expect(page.getByText('Ticking practice-run-1 was stopped')).toBeVisible();

  const ticks = (await ask<readonly Row[]>(page, 'transactions', 'list')).filter(({ title }) =>
    title.startsWith('Tick'),
  );
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  expect(ticks.length).toBeLessThan(5);
  expect(ticks.map(({ outcome }) => outcome?.kind)).toEqual(ticks.map(() => 'confirmed'));
  const fresh = (await seenOutside()).filter((signature) => !before.has(signature));
  expect(fresh.toSorted()).toEqual(ticks.map(({ signature }) => signature).toSorted());
  const views = await Promise.all(ticks.map(({ id }) => ask<View>(page, 'transactions', 'read', { id })));
  const reviewedAt = ({ timeline }: View) => timeline.find(({ state }) => state === 'reviewed')?.at;
  expect(new Set(views.map(({ planId }) => planId)).size).toBe(1);
  expect(new Set(views.map(reviewedAt)).size).toBe(1);
});
