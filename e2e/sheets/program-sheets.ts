import type { Page } from 'playwright';
import type { Sheet } from './sheet.ts';
import { openRun, place } from './steps.ts';

const networks = (page: Page) => place(page, 'Networks');

async function resume(page: Page): Promise<void> {
  await openRun(page, 'nightly-paused');
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.getByRole('button', { name: 'Review and sign' }).click();
}

/** Sheets of the deployed programs: where they are listed, and where a change of them is said. */
export const PROGRAM_SHEETS: readonly Sheet[] = [
  {
    name: 'networks-programs-unchanged',
    world: { network: 'mainnet' },
    go: networks,
    until: 'unchanged since',
    tall: true,
  },
  {
    name: 'networks-programs-first-seen',
    world: { network: 'mainnet', programs: 'first-seen' },
    go: networks,
    until: 'first seen, not compared',
    tall: true,
  },
  {
    name: 'networks-programs-changed',
    world: { network: 'mainnet', programs: 'changed' },
    go: networks,
    until: 'changed in slot',
    wide: true,
    tall: true,
  },
  { name: 'networks-programs-emulated', go: networks, until: 'emulated by this app', tall: true },
  {
    name: 'networks-programs-loading',
    world: { state: 'loading', only: ['networks.programs'] },
    go: networks,
    until: 'Deployed programs',
    tall: true,
  },
  {
    name: 'networks-programs-failing',
    world: { state: 'failing', only: ['networks.programs'] },
    go: networks,
    until: 'The programs could not be read',
    tall: true,
  },
  {
    name: 'run-programs-changed',
    world: { network: 'mainnet', programs: 'changed' },
    go: (page) => openRun(page, 'nightly-paused'),
    until: 'may mean something else',
  },
  {
    name: 'sign-programs-changed',
    world: { network: 'mainnet', programs: 'changed' },
    go: resume,
    until: 'to sign this',
    tall: true,
  },
];
