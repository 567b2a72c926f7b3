import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import { answerDialogs } from './harness/answer-dialogs.ts';
import { launchApp, type RunningApp } from './harness/launch.ts';
import { readRunFromOutside } from './harness/outside-run.ts';
import { enterPractice, goTo, openCreateRun, pressWhenReady, reviewAndSign, sign } from './pages/main-path.ts';
import { ask, practiceUrl } from './pages/window-api.ts';

const OUT = 'out/tour';
const RUN_ID = 'practice-run-1';
const SIZE = { width: 1280, height: 800 };

/** Plays the main path in the built app and leaves a picture of every screen and the run's JSON. */
async function tour(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'run-console-tour-'));
  const running = await launchApp({ dataDir });
  try {
    console.log(`The app runs in ${running.runtime}, drawn after ${running.readyMs} ms`);
    await running.page.setViewportSize(SIZE);
    await play(running, createCamera(running.page));
  } finally {
    await running.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function play({ app, page }: RunningApp, picture: (name: string) => Promise<void>): Promise<void> {
  const startedAt = Date.now();
  await picture('first-start');
  await enterPractice(page);
  console.log(`Practice network at ${await practiceUrl(page)}, the run will be ${RUN_ID}`);
  await picture('runs-empty');
  await createRun(page, picture);
  await page.getByRole('button', { name: 'Update configuration' }).waitFor();
  await picture('run');
  await checkFromOutside(page);
  console.log(
    `A web3.js connection outside found ${RUN_ID} waiting for members, ${Math.round((Date.now() - startedAt) / 1000)} s after the first screen`,
  );

  await answerDialogs(app, { save: join(OUT, 'run.json') });
  await page.getByRole('button', { name: 'Dump' }).click();
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  await page.getByText('Saved as run.json').waitFor();
  await picture('dump');
  await lookAround(page, picture);
  console.log(`Pictures and run.json are in ${OUT}/`);
}

async function createRun(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await openCreateRun(page);
  await picture('create-who-may-join');
  await pressWhenReady(page, 'Continue to identity');
  await picture('create-identity');
  await pressWhenReady(page, 'Continue to rewards');
  await picture('create-rewards');
  await pressWhenReady(page, 'Continue to configuration');
  await picture('create-configuration');
  await pressWhenReady(page, 'Continue to review');
  await picture('create-review');
  await reviewAndSign(page);
  await picture('sign-first');
  await sign(page);
  const steps = page.getByRole('list', { name: 'Transactions of this plan' });
  await steps.locator('[data-state=current]').filter({ hasText: 'Configure' }).waitFor();
  await page.getByRole('button', { name: 'Sign and send' }).waitFor();
  await picture('sign-second');
  await sign(page);
}

/** The chain has exactly what the file says, as any other client reads it. */
async function checkFromOutside(page: Page): Promise<void> {
  const run = await readRunFromOutside(await practiceUrl(page), RUN_ID);
  const { text } = await ask<{ text: string }>(page, 'config', 'sample');
  if (run?.state.coordinator.run_state !== 'WaitingForMembers') throw new Error('the run does not wait for members');
  const { config, model } = run.state.coordinator;
  if (!isDeepStrictEqual({ config, model }, configurationOf(text))) throw new Error('the chain differs from the file');
}

async function lookAround(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await goTo(page, 'Runs');
  await page.getByText(RUN_ID).first().waitFor();
  await picture('runs');
  await goTo(page, 'Transactions');
  await page
    .getByRole('row', { name: new RegExp(RUN_ID) })
    .first()
    .waitFor();
  await picture('transactions');
  await page
    .getByRole('row', { name: new RegExp(RUN_ID) })
    .first()
    .click();
  await page.getByText('Timeline').waitFor();
  await picture('transaction');
  await goTo(page, 'Inspector');
  await page.getByLabel('Address or run id').fill(RUN_ID);
  await page.keyboard.press('Enter');
  await page.getByText(`Run “${RUN_ID}”`).first().waitFor();
  await picture('inspector');
  for (const place of ['Who may join', 'Signers', 'Networks'] as const) {
    await goTo(page, place);
    await picture(place.toLowerCase().replaceAll(' ', '-'));
  }
}

/** Numbers the pictures in the order they are taken, after the page has come to rest. */
function createCamera(page: Page): (name: string) => Promise<void> {
  let taken = 0;
  return async function picture(name) {
    taken += 1;
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(OUT, `${String(taken).padStart(2, '0')}-${name}.png`) });
  };
}

tour().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
