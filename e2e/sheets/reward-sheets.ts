import type { Page } from 'playwright';
import { OTHER_MINT } from '../harness/fake-main/sample-treasury.ts';
import type { Sheet } from './sheet.ts';
import { createUpTo, fromMenu, openRun } from './steps.ts';

async function withRewards(page: Page): Promise<void> {
  await createUpTo(page, 'rewards');
  await page.getByLabel('Pay clients with tokens').check();
}

async function fillRewards(page: Page, { earning, topUp }: { earning: string; topUp: string }): Promise<void> {
  await withRewards(page);
  await page.getByText('Classic SPL token', { exact: true }).waitFor();
  await page.getByLabel('Reward per epoch, shared').fill(earning);
  await page.getByLabel('Penalty per client').fill('0.5');
  await page.getByLabel('Fill the treasury up to').fill(topUp);
}

async function press(page: Page, runId: string, button: string): Promise<void> {
  await openRun(page, runId);
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function topUp(page: Page, runId: string, amount: string): Promise<void> {
  await fromMenu(page, runId, 'Top up');
  await page.getByLabel('Amount').fill(amount);
}

async function claim(page: Page): Promise<void> {
  await openRun(page, 'atlas-1b-run-07');
  await page
    .getByRole('button', { name: /^Claim the rewards of/ })
    .first()
    .click();
}

/** Sheets of everything about rewards. */
export const REWARD_SHEETS: readonly Sheet[] = [
  { name: 'create-rewards-off', go: (page) => createUpTo(page, 'rewards'), until: 'Pay clients with tokens' },
  {
    name: 'create-rewards',
    go: (page) => fillRewards(page, { earning: '12500', topUp: '500000.000001' }),
    until: '500 000 000 001 native units',
    wide: true,
    tall: true,
  },
  {
    name: 'create-rewards-amounts-refused',
    go: (page) => fillRewards(page, { earning: '1,000', topUp: '2000000' }),
    until: 'too few',
    tall: true,
  },
  {
    name: 'create-rewards-mint-refused',
    async go(page) {
      await withRewards(page);
      await page.getByLabel('Mint of the reward token').fill(OTHER_MINT);
    },
    until: 'Token-2022',
  },
  {
    name: 'create-rewards-index',
    async go(page) {
      await withRewards(page);
      await page.getByText('Treasurer index').click();
      await page.getByLabel('Another index').fill('42');
    },
    until: 'must be kept',
    tall: true,
  },
  {
    name: 'create-rewards-loading',
    world: { state: 'loading', only: ['rewards.mint'] },
    go: withRewards,
    until: 'Reading the mint',
  },
  {
    name: 'create-rewards-failing',
    world: { state: 'failing', only: ['rewards.mint', 'operations.prepare'] },
    go: withRewards,
    until: 'The mint could not be read',
  },
  {
    name: 'create-rewards-review',
    async go(page) {
      await fillRewards(page, { earning: '12500', topUp: '500000' });
      await page.getByRole('button', { name: 'Continue to configuration' }).click();
      await page.getByRole('button', { name: 'Continue to review' }).click();
    },
    until: '2 approvals, one after the other',
    tall: true,
  },
  { name: 'run-treasury-missing', go: (page) => openRun(page, 'nightly-paused'), until: 'The vault lacks', tall: true },
  { name: 'run-treasury-empty', go: (page) => openRun(page, 'helios-new'), until: 'The treasury is empty' },
  {
    name: 'run-treasury-loading',
    world: { state: 'loading', only: ['runs.treasury', 'rewards.claims'] },
    go: (page) => openRun(page, 'nightly-paused'),
    until: 'Reading rates and vault',
    tall: true,
  },
  {
    name: 'run-treasury-failing',
    world: { state: 'failing', only: ['runs.treasury'] },
    go: (page) => openRun(page, 'nightly-paused'),
    until: 'The rewards could not be read',
    tall: true,
  },
  {
    name: 'run-claims-failing',
    world: { state: 'failing', only: ['rewards.claims'] },
    go: (page) => openRun(page, 'nightly-paused'),
    until: 'The claims could not be read',
    tall: true,
  },
  { name: 'run-points', go: (page) => openRun(page, 'practice-run-1'), until: 'Points without tokens', tall: true },
  {
    name: 'run-simulated-clients',
    async go(page) {
      await openRun(page, 'practice-run-1');
      await page.getByRole('button', { name: 'Add 4 clients' }).click();
    },
    until: '6 joining',
    tall: true,
  },
  {
    name: 'run-foreign-treasurer',
    go: (page) => openRun(page, 'spoofed'),
    until: 'treasury of another run',
    tall: true,
  },
  {
    name: 'set-rates',
    async go(page) {
      await press(page, 'atlas-1b-run-07', 'Set rates');
      await page.getByLabel('Reward per epoch, shared').fill('20000.5');
    },
    until: '20 000 500 000 native units',
    wide: true,
    tall: true,
  },
  {
    name: 'set-rates-points',
    async go(page) {
      await press(page, 'practice-run-1', 'Set rates');
      await page.getByLabel('Reward per epoch, shared').fill('2500');
    },
    until: 'a treasury cannot be added to it later',
    tall: true,
  },
  {
    name: 'set-rates-refused',
    async go(page) {
      await press(page, 'atlas-1b-run-07', 'Set rates');
      await page.getByLabel('Reward per epoch, shared').fill('1e6');
      await page.getByLabel('Penalty per client').fill('0.0000001');
    },
    until: 'more than 6 digits',
  },
  {
    name: 'set-rates-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    async go(page) {
      await press(page, 'helios-new', 'Set rates');
      await page.getByLabel('Reward per epoch, shared').fill('0');
    },
    until: 'The chain could not be asked',
  },
  {
    name: 'top-up',
    go: (page) => topUp(page, 'nightly-paused', '10000.25'),
    until: "Funder's tokens",
    wide: true,
    tall: true,
  },
  {
    name: 'top-up-above-balance',
    go: (page) => topUp(page, 'helios-new', '1000000.000001'),
    until: 'too few',
  },
  {
    name: 'top-up-no-account',
    async go(page) {
      await topUp(page, 'helios-new', '5');
      await page.getByRole('combobox', { name: 'Funder' }).click();
      await page.getByRole('option', { name: /^Owner/ }).click();
    },
    until: 'no account for the reward token',
  },
  {
    name: 'top-up-frozen',
    async go(page) {
      await topUp(page, 'helios-new', '5');
      await page.getByRole('combobox', { name: 'Funder' }).click();
      await page.getByRole('option', { name: /^Join authority/ }).click();
    },
    until: 'token account is frozen',
  },
  {
    name: 'top-up-loading',
    world: { state: 'loading', only: ['rewards.holding', 'operations.prepare'] },
    go: (page) => topUp(page, 'helios-new', '5'),
    until: "Reading the funder's tokens",
  },
  {
    name: 'top-up-failing',
    world: { state: 'failing', only: ['rewards.holding', 'operations.prepare'] },
    go: (page) => topUp(page, 'helios-new', '5'),
    until: "The funder's tokens could not be read",
  },
  {
    name: 'top-up-sign',
    async go(page) {
      await topUp(page, 'helios-new', '5000');
      await page.getByRole('button', { name: 'Review and sign' }).click();
    },
    until: 'Required signatures',
    tall: true,
  },
  { name: 'claim', go: claim, until: 'Paid now', wide: true, tall: true },
  {
    name: 'claim-not-covered',
    async go(page) {
      await openRun(page, 'nightly-paused');
      await page
        .getByRole('button', { name: /^Claim the rewards of/ })
        .first()
        .click();
    },
    until: 'The vault does not cover',
  },
  {
    name: 'claim-nothing',
    async go(page) {
      await claim(page);
      await page.getByRole('combobox', { name: 'Client' }).click();
      await page.getByRole('option', { name: /^Owner/ }).click();
    },
    until: 'There is nothing to claim',
  },
  {
    name: 'claim-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    go: claim,
    until: 'The chain could not be asked',
  },
];
