import type { Page } from 'playwright';
import type { Sheet } from './sheet.ts';
import { place } from './steps.ts';

async function openAtlas(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create run' }).first().waitFor();
  await page.keyboard.press('Control+K');
  await page.getByLabel('Search screens, runs, networks').fill('Error atlas');
  await page.getByText('What an error code means').waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Search errors').waitFor();
}

async function openEntry(page: Page, query: string): Promise<void> {
  await openAtlas(page);
  await page.getByLabel('Search errors').fill(query);
  await page.keyboard.press('Enter');
}

/** Sheets of the error atlas, and of a failure that leads to it. */
export const ATLAS_SHEETS: readonly Sheet[] = [
  { name: 'atlas', go: openAtlas, until: 'ConfigSanityCheckFailed', wide: true },
  {
    name: 'atlas-search',
    async go(page) {
      await openAtlas(page);
      await page.getByLabel('Search errors').fill('6001');
    },
    until: 'AuthorizationClosingConditionsNotReachedYet',
  },
  {
    name: 'atlas-no-match',
    async go(page) {
      await openAtlas(page);
      await page.getByLabel('Search errors').fill('nothing like it');
    },
    until: 'No error is called that',
  },
  { name: 'atlas-entry-many', go: (page) => openEntry(page, 'coordinator-6004'), until: '12 reasons', tall: true },
  {
    name: 'atlas-entry-accounts',
    go: (page) => openEntry(page, '2003'),
    until: 'ConstraintRaw',
    wide: true,
    tall: true,
  },
  { name: 'atlas-entry-single', go: (page) => openEntry(page, '429'), until: 'Too Many Requests' },
  { name: 'atlas-entry-never', go: (page) => openEntry(page, 'coordinator-6016'), until: 'never given by' },
  {
    name: 'atlas-from-failure',
    async go(page) {
      await place(page, 'Transactions');
      await page.getByRole('row').filter({ hasText: 'failed' }).first().click();
      await page.getByText('More about this error').waitFor();
      await page.getByText(/possible reasons$/).click();
    },
    until: 'More about this error',
    tall: true,
  },
];
