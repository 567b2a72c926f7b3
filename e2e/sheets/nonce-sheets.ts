import type { Page } from 'playwright';
import { addressOf } from '../harness/fake-main/sample-addresses.ts';
import type { Sheet } from './sheet.ts';
import { place } from './steps.ts';

async function list(page: Page): Promise<void> {
  await place(page, 'Signers');
  await page.getByRole('button', { name: 'Nonce accounts' }).click();
}

async function create(page: Page): Promise<void> {
  await list(page);
  await page.getByRole('button', { name: 'Create nonce accounts' }).first().click();
}

async function press(page: Page, button: string): Promise<void> {
  await list(page);
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function choose(page: Page, act: string): Promise<void> {
  await press(page, 'Advance nonce-1');
  await page.getByLabel(act, { exact: true }).check();
}

const only = ['nonces.list'];

/** Sheets of nonce accounts. */
export const NONCE_SHEETS: readonly Sheet[] = [
  { name: 'nonces-full', go: list, until: 'not initialised', wide: true },
  { name: 'nonces-empty', world: { state: 'empty' }, go: list, until: 'No nonce accounts yet' },
  { name: 'nonces-loading', world: { state: 'loading', only }, go: list, until: 'Reading the nonce accounts' },
  {
    name: 'nonces-failing',
    world: { state: 'failing', only },
    go: list,
    until: 'The nonce accounts could not be read',
  },
  {
    name: 'nonces-create',
    async go(page) {
      await create(page);
      await page.getByLabel('Nonce accounts', { exact: true }).fill('8');
    },
    until: 'Locked for storage',
    wide: true,
    tall: true,
  },
  {
    name: 'nonces-create-failing',
    world: { state: 'failing', only: ['operations.prepare'] },
    go: create,
    until: 'The chain could not be asked',
  },
  {
    name: 'nonce-advance',
    go: (page) => press(page, 'Advance nonce-2'),
    until: /needs this account as it is/,
    tall: true,
  },
  { name: 'nonce-close', go: (page) => press(page, 'Close nonce-1'), until: 'Network fees', tall: true },
  {
    name: 'nonce-withdraw-too-much',
    async go(page) {
      await choose(page, 'Withdraw');
      await page.getByLabel('Amount').fill('0.001');
    },
    until: /InsufficientFunds/,
    tall: true,
  },
  {
    name: 'nonce-fund',
    async go(page) {
      await choose(page, 'Fund');
      await page.getByLabel('Amount').fill('0.5');
    },
    until: 'Network fees',
    tall: true,
  },
  {
    name: 'nonce-hand-over',
    async go(page) {
      await choose(page, 'Hand over');
      await page.getByLabel('New nonce authority').fill(addressOf('partner'));
    },
    until: /From then on only/,
    tall: true,
  },
];
