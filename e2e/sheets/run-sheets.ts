import type { Page } from 'playwright';
import { DEMO } from '../harness/fake-main/sample-addresses.ts';
import type { Sheet } from './sheet.ts';
import { fromMenu, openRun } from './steps.ts';

async function press(page: Page, runId: string, button: string): Promise<void> {
  await openRun(page, runId);
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Sheets of the run page, the list of runs, and every operation on a run. */
export const RUN_SHEETS: readonly Sheet[] = [
  {
    name: 'runs-sorted',
    async go(page) {
      await page.getByRole('button', { name: 'Step', exact: true }).click();
    },
    until: 'Mine first again',
  },
  {
    name: 'run-menu',
    async go(page) {
      await openRun(page, 'practice-run-1');
      await page.getByRole('button', { name: 'More', exact: true }).click();
    },
    until: 'Close the run',
  },
  { name: 'run-readiness', go: (page) => openRun(page, 'helios-new'), until: 'Before the first start', wide: true },
  { name: 'run-paused', go: (page) => openRun(page, 'nightly-paused'), until: 'State machine' },
  {
    name: 'run-dump-user',
    async go(page) {
      await fromMenu(page, 'atlas-1b-run-07', 'Dump a user');
      await page.getByLabel('Wallet').fill(DEMO);
    },
    until: 'treasurer_participant',
  },
  {
    name: 'run-update-empty',
    go: (page) => press(page, 'nightly-paused', 'Update configuration'),
    until: 'Change something',
    tall: true,
  },
  {
    name: 'run-update-progress',
    async go(page) {
      await press(page, 'nightly-paused', 'Update configuration');
      await page.getByLabel('Restart from step').fill('1200');
      await page.getByLabel('Name', { exact: true }).fill('Nightly, restarted');
    },
    until: 'What changes',
    wide: true,
    tall: true,
  },
  {
    name: 'run-update-running',
    async go(page) {
      await press(page, 'atlas-1b-run-07', 'Update configuration');
      await page.getByLabel('Client version').fill('v0.5.0');
    },
    until: 'Pause it first',
    tall: true,
  },
  {
    name: 'run-update-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    async go(page) {
      await press(page, 'nightly-paused', 'Update configuration');
      await page.getByLabel('Restart from step').fill('1200');
    },
    until: 'The chain could not be asked',
  },
  {
    name: 'run-pause-training',
    go: (page) => press(page, 'atlas-1b-run-07', 'Pause'),
    until: 'Read at slot',
    tall: true,
  },
  {
    name: 'run-resume-paused',
    go: (page) => press(page, 'nightly-paused', 'Resume'),
    until: 'Read at slot',
    tall: true,
  },
  { name: 'run-tick-once', go: (page) => fromMenu(page, 'practice-run-1', 'Tick'), until: 'Read at slot', tall: true },
  {
    name: 'run-tick-repeat',
    async go(page) {
      await fromMenu(page, 'practice-run-1', 'Tick');
      await page.getByLabel('Again and again').check();
      await page.getByLabel('How many times').fill('100');
    },
    until: 'One approval covers all of them',
    wide: true,
    tall: true,
  },
  {
    name: 'run-ticking',
    async go(page) {
      await fromMenu(page, 'practice-run-1', 'Tick');
      await page.getByLabel('Again and again').check();
      await page.getByRole('button', { name: 'Review and sign' }).click();
      await page.waitForTimeout(1_000);
      await page.getByRole('button', { name: 'Sign and tick 10 times' }).click();
    },
    until: 'Stop ticking',
  },
  {
    name: 'run-checkpoint',
    async go(page) {
      await fromMenu(page, 'atlas-1b-run-07', 'Record a checkpoint');
      await page.getByLabel('Repository').fill('atlas-lab/atlas-1b');
    },
    until: 'Where the new one lies',
    tall: true,
  },
  {
    name: 'run-checkpoint-gcs-too-long',
    async go(page) {
      await fromMenu(page, 'atlas-1b-run-07', 'Record a checkpoint');
      await page.getByLabel('Google Cloud Storage').check();
      await page.getByLabel('Bucket').fill('a-bucket-with-a-name-that-is-longer-than-the-chain-keeps-of-any-text');
    },
    until: 'too many',
  },
  {
    name: 'run-close',
    go: (page) => fromMenu(page, 'plain-paused', 'Close the run'),
    until: 'Read at slot',
    wide: true,
    tall: true,
  },
  {
    name: 'run-close-running',
    go: (page) => fromMenu(page, 'practice-run-1', 'Close the run'),
    until: 'Pause it first',
  },
  {
    name: 'run-close-rewarded',
    go: (page) => fromMenu(page, 'atlas-1b-run-07', 'Close the run'),
    until: 'cannot be closed',
  },
  {
    name: 'run-operation-loading',
    world: { state: 'loading', only: ['operations.prepare'] },
    go: (page) => fromMenu(page, 'practice-run-1', 'Tick'),
    until: 'What it will do',
  },
];
