import type { Page } from 'playwright';
import { addressOf, DEMO, OWNER } from '../harness/fake-main/sample-addresses.ts';
import type { Sheet } from './sheet.ts';
import { openRun, place } from './steps.ts';

const RUN = 'practice-run-1';

async function allow(page: Page): Promise<void> {
  await place(page, 'Who may join');
  await page.getByRole('button', { name: 'Let someone join' }).first().click();
}

async function allowMany(page: Page): Promise<void> {
  await allow(page);
  await page.getByLabel('Many users').check();
}

async function fromFile(page: Page): Promise<void> {
  await allowMany(page);
  await page.getByRole('button', { name: 'Open file' }).click();
}

/** The authorization of somebody in the list, opened. */
async function open(page: Page, name: RegExp): Promise<void> {
  await place(page, 'Who may join');
  await page.getByRole('row', { name }).first().press('Enter');
}

async function press(page: Page, name: RegExp, button: string): Promise<void> {
  await open(page, name);
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function canJoin(page: Page, key: string): Promise<void> {
  await place(page, 'Who may join');
  await page.getByRole('button', { name: 'Can it join?' }).click();
  await page.getByLabel('Run id').fill(RUN);
  await page.getByLabel('Key that would join').fill(key);
}

async function joinKit(page: Page): Promise<void> {
  await place(page, 'Who may join');
  await page.getByRole('button', { name: 'Join kit', exact: true }).first().click();
  await page.getByLabel('Run id').fill(RUN);
  await page.getByLabel('Users', { exact: true }).fill(`${addressOf('user 1')}, Lab 2\n${addressOf('user 2')}, Lab 3`);
}

const listOf = (page: Page) => place(page, 'Who may join');

/** Sheets of everything about who may join. */
export const JOIN_SHEETS: readonly Sheet[] = [
  { name: 'authorizations-full', go: listOf, until: 'Runs that accept it', wide: true },
  { name: 'authorizations-empty', world: { state: 'empty' }, go: listOf, until: 'Your keys let nobody join yet' },
  {
    name: 'authorizations-loading',
    world: { state: 'loading', only: ['authorizations.list'] },
    go: listOf,
    until: 'Reading the authorizations',
  },
  {
    name: 'authorizations-failing',
    world: { state: 'failing', only: ['authorizations.list'] },
    go: listOf,
    until: 'The authorizations could not be listed',
  },
  { name: 'authorizations-offline', world: { door: 'offline' }, go: listOf, until: 'This machine stays offline' },
  {
    name: 'authorizations-by-user',
    async go(page) {
      await listOf(page);
      await page.getByLabel('By user').check();
    },
    until: 'Runs that accept it',
  },
  {
    name: 'authorizations-no-match',
    async go(page) {
      await listOf(page);
      await page.getByLabel('Search authorizations').fill('nothing like it');
    },
    until: 'No authorization matches',
  },
  { name: 'authorization-anyone', go: (page) => open(page, /^Anyone/), until: 'Closing it', tall: true },
  { name: 'authorization-user', go: (page) => open(page, /^Owner/), until: 'Closing it', tall: true },
  { name: 'allow-anyone', go: allow, until: 'Let in' },
  {
    name: 'allow-one',
    async go(page) {
      await allow(page);
      await page.getByLabel('One user').check();
      await page.getByLabel('Address of the user').fill(addressOf('new user'));
    },
    until: 'Locked for storage',
    tall: true,
  },
  { name: 'allow-many-empty', go: allowMany, until: 'Paste the users' },
  { name: 'allow-many-findings', go: fromFile, until: 'Findings by line', wide: true, tall: true },
  {
    name: 'allow-many',
    async go(page) {
      await fromFile(page);
      await page.getByLabel(/^Leave out/).check();
      await page.getByText('All 25 in full').click();
    },
    until: 'Locked for storage',
    wide: true,
    tall: true,
  },
  {
    name: 'allow-many-loading',
    world: { state: 'loading', only: ['operations.prepare'] },
    async go(page) {
      await fromFile(page);
      await page.getByLabel(/^Leave out/).check();
    },
    until: 'Checking against the chain',
  },
  {
    name: 'allow-many-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    async go(page) {
      await fromFile(page);
      await page.getByLabel(/^Leave out/).check();
    },
    until: 'The chain could not be asked',
  },
  {
    name: 'delegates',
    async go(page) {
      await press(page, /^Owner/, 'Delegates');
      await page
        .getByRole('button', { name: /^Remove / })
        .nth(1)
        .click();
      await page
        .getByLabel('Delegates to add', { exact: true })
        .fill(`${addressOf('delegate 7')}\n${addressOf('delegate 8')}`);
    },
    until: 'Network fees',
    wide: true,
    tall: true,
  },
  {
    name: 'delegates-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    async go(page) {
      await press(page, /^Owner/, 'Delegates');
      await page.getByLabel('Delegates to add', { exact: true }).fill(addressOf('delegate 7'));
    },
    until: 'The chain could not be asked',
  },
  {
    name: 'deactivate',
    go: (page) => press(page, /^Anyone/, 'Deactivate'),
    until: 'It can be reactivated at any time.',
    tall: true,
  },
  {
    name: 'reactivate',
    go: (page) => press(page, /^Join authority/, 'Reactivate'),
    until: 'every switch starts the 30 days anew',
    tall: true,
  },
  {
    name: 'close-authorization',
    go: (page) => press(page, /^Join authority/, 'Close'),
    until: 'When it can be closed',
    tall: true,
  },
  {
    name: 'close-authorization-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    go: (page) => press(page, /^Join authority/, 'Close'),
    until: 'The chain could not be asked',
  },
  { name: 'can-join-yes', go: (page) => canJoin(page, DEMO), until: 'It can join now', tall: true },
  {
    name: 'can-join-no',
    async go(page) {
      await canJoin(page, OWNER);
      await page.getByLabel('Run id').fill('atlas-1b-run-07');
      await page.getByLabel('Its own').check();
    },
    until: /It can(not)? join/,
    tall: true,
  },
  {
    name: 'can-join-empty',
    async go(page) {
      await listOf(page);
      await page.getByRole('button', { name: 'Can it join?' }).click();
    },
    until: 'Type the run id',
  },
  {
    name: 'can-join-loading',
    world: { state: 'loading', only: ['authorizations.canJoin'] },
    go: (page) => canJoin(page, DEMO),
    until: 'Reading the run and the authorization',
  },
  {
    name: 'can-join-failing',
    world: { state: 'failing', only: ['authorizations.canJoin'] },
    go: (page) => canJoin(page, DEMO),
    until: 'The chain could not be asked',
  },
  { name: 'join-kit', go: joinKit, until: 'Check before joining', tall: true },
  {
    name: 'join-kit-url',
    world: { network: 'mainnet' },
    async go(page) {
      await joinKit(page);
      await page.getByLabel(/^I want to share it/).check();
    },
    until: 'Write the whole URL',
    tall: true,
  },
  {
    name: 'join-kit-empty',
    async go(page) {
      await openRun(page, RUN);
      await listOf(page);
      await page.getByRole('button', { name: 'Join kit', exact: true }).first().click();
    },
    until: 'Type the run id',
  },
];
