import type { Page } from 'playwright';
import type { Sheet } from './sheet.ts';
import { place } from './steps.ts';

async function openWith(page: Page, badge: string, position = 0): Promise<void> {
  await place(page, 'Transactions');
  await page.getByRole('row').filter({ hasText: badge }).nth(position).click();
}

/** Sheets of the journal: the list, its filters and exports, and a transaction with each ending. */
export const TRANSACTION_SHEETS: readonly Sheet[] = [
  { name: 'transactions-full', go: (page) => place(page, 'Transactions'), until: 'may still land', wide: true },
  {
    name: 'transactions-empty',
    world: { state: 'empty' },
    go: (page) => place(page, 'Transactions'),
    until: 'Nothing has been signed yet',
  },
  {
    name: 'transactions-loading',
    world: { state: 'loading' },
    go: (page) => place(page, 'Transactions'),
    until: 'Everything signed',
  },
  {
    name: 'transactions-failing',
    world: { state: 'failing' },
    go: (page) => place(page, 'Transactions'),
    until: 'The journal could not be read',
  },
  {
    name: 'transactions-filtered',
    async go(page) {
      await place(page, 'Transactions');
      await page.getByRole('combobox', { name: 'Result' }).click();
      await page.getByRole('option', { name: 'Confirmed' }).click();
      await page.getByLabel('Search transactions').fill('invoice');
    },
    until: '1 of 11 transactions',
  },
  {
    name: 'transactions-no-match',
    async go(page) {
      await place(page, 'Transactions');
      await page.getByLabel('Search transactions').fill('nothing like it');
    },
    until: 'No transaction matches',
  },
  {
    name: 'transactions-exported',
    async go(page) {
      await place(page, 'Transactions');
      await page.getByRole('button', { name: 'Export books (CSV)' }).click();
    },
    until: /318 movements of money/,
  },
  {
    name: 'transactions-export-failing',
    world: { state: 'failing', only: ['transactions.saveJournal'] },
    async go(page) {
      await place(page, 'Transactions');
      await page.getByRole('button', { name: 'Export journal' }).click();
    },
    until: 'The journal was not exported',
  },
  {
    name: 'transaction-pending',
    go: (page) => openWith(page, 'on its way'),
    until: 'What happens now',
    tall: true,
  },
  {
    name: 'transaction-confirmed',
    go: (page) => openWith(page, 'Invoice 2026-117'),
    until: 'Afterwards',
    tall: true,
    wide: true,
  },
  { name: 'transaction-failed', go: (page) => openWith(page, 'failed'), until: 'raw lines', tall: true },
  { name: 'transaction-expired', go: (page) => openWith(page, 'expired'), until: 'can no longer land' },
  {
    name: 'transaction-unknown',
    go: (page) => openWith(page, 'see the mail'),
    until: /32 finalized blocks later/,
    tall: true,
  },
  {
    name: 'transaction-words',
    async go(page) {
      await openWith(page, 'Invoice 2026-117');
      await page.getByRole('button', { name: 'Change', exact: true }).click();
    },
    until: 'One line, at most 80 characters',
  },
  {
    name: 'transaction-other-network',
    world: { network: 'mainnet' },
    go: (page) => openWith(page, 'Invoice 2026-117'),
    until: /Connect to the network it landed on/,
    tall: true,
  },
  {
    name: 'transaction-landed-failing',
    world: { state: 'failing', only: ['transactions.landed'] },
    go: (page) => openWith(page, 'Invoice 2026-117'),
    until: 'The network could not be asked what it changed',
    tall: true,
  },
];
