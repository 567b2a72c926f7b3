import type { Page } from 'playwright';
import { JOIN, PARTNER, WATCHED } from '../harness/fake-main/sample-addresses.ts';
import { handedForOthers, handedTrap, paymentWithPartner, sharedPayment } from '../harness/fake-main/sample-handed.ts';
import { signedBy } from '../harness/fake-main/sample-keys.ts';
import type { Sheet } from './sheet.ts';
import { createUpTo, fromMenu, openRun, place } from './steps.ts';

/** A button of a review sleeps this long. */
const ARMING_MS = 1_000;

async function pauseBy(page: Page, payer?: RegExp): Promise<void> {
  await openRun(page, 'atlas-1b-run-07');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Review and sign' }).waitFor();
  if (!payer) return;
  await page.getByRole('combobox', { name: 'Fee payer' }).click();
  await page.getByRole('option', { name: payer }).click();
}

async function openLifetime(page: Page): Promise<void> {
  await page.getByText('Lives by a recent blockhash', { exact: false }).click();
}

async function chooseNonce(page: Page): Promise<void> {
  await openLifetime(page);
  await page.getByLabel('Lives by a durable nonce', { exact: false }).check();
}

async function review(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review and sign' }).click();
  await page.getByRole('list', { name: 'Required signatures' }).waitFor();
}

async function sign(page: Page, button: string): Promise<void> {
  await page.waitForTimeout(ARMING_MS);
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function openPaste(page: Page, text = ''): Promise<void> {
  await place(page, 'Transactions');
  await page.getByRole('button', { name: 'Open a transaction' }).click();
  if (text !== '') await page.getByLabel('Transaction in base64').fill(text);
}

async function openKnown(page: Page, title: RegExp): Promise<void> {
  await place(page, 'Transactions');
  await page.getByRole('table').getByRole('row', { name: title }).click();
}

async function underNonce(page: Page): Promise<void> {
  await pauseBy(page);
  await chooseNonce(page);
  await review(page);
}

async function ownReview(page: Page): Promise<void> {
  await pauseBy(page);
  await review(page);
}

const REVIEWS: readonly Sheet[] = [
  { name: 'lifetime-folded', go: (page) => pauseBy(page), until: 'about half a minute to read and sign' },
  {
    name: 'lifetime-nonce',
    async go(page) {
      await pauseBy(page);
      await chooseNonce(page);
      await page.getByRole('combobox', { name: 'Nonce account' }).click();
    },
    until: 'reserved by',
  },
  {
    name: 'lifetime-none-yet',
    world: { state: 'empty' },
    async go(page) {
      await place(page, 'Signers');
      await page.getByRole('button', { name: 'Nonce accounts' }).click();
      await page.getByRole('button', { name: 'Create nonce accounts' }).first().click();
      await chooseNonce(page);
    },
    until: 'You have no nonce account yet',
  },
  {
    name: 'lifetime-failing',
    world: { state: 'failing', only: ['nonces.list'] },
    async go(page) {
      await pauseBy(page);
      await chooseNonce(page);
    },
    until: 'The nonce accounts could not be read',
  },
  {
    name: 'lifetime-create-run',
    async go(page) {
      await createUpTo(page, 'review');
      await chooseNonce(page);
    },
    until: 'First free',
    tall: true,
  },
  {
    name: 'lifetime-repeated',
    async go(page) {
      await fromMenu(page, 'practice-run-1', 'Tick');
      await page.getByLabel('Again and again').check();
      await openLifetime(page);
    },
    until: 'a nonce carries one',
  },
  { name: 'review-blockhash', go: ownReview, until: 'Required signatures', tall: true, wide: true },
  { name: 'review-nonce', go: underNonce, until: 'it never expires', tall: true, wide: true },
  {
    name: 'review-absent',
    async go(page) {
      await pauseBy(page, /^Treasury officer/);
      await review(page);
    },
    until: 'Half a minute is hardly enough',
    tall: true,
  },
  {
    name: 'review-absent-nonce',
    async go(page) {
      await pauseBy(page, /^Treasury officer/);
      await chooseNonce(page);
      await review(page);
    },
    until: 'Somebody else signs',
    tall: true,
  },
  {
    name: 'review-later',
    async go(page) {
      await pauseBy(page, /^Cold key/);
      await review(page);
      await page.getByLabel('Leave Cold key for later').check();
    },
    until: 'Sign 1 of 2 and keep for the others',
    tall: true,
  },
  {
    name: 'review-rest',
    async go(page) {
      await openKnown(page, /and 1 more/);
      await page.getByRole('button', { name: 'Sign the rest here' }).click();
    },
    until: 'signed already',
    tall: true,
  },
  {
    name: 'review-fresh-account',
    async go(page) {
      await createUpTo(page, 'review');
      await review(page);
    },
    until: 'Account of the new run',
    tall: true,
  },
  {
    name: 'review-import-trap',
    async go(page) {
      await openPaste(page, handedTrap());
      await page.getByRole('button', { name: 'Review it' }).click();
    },
    until: 'sign anyway',
    tall: true,
  },
  {
    name: 'review-blocked',
    async go(page) {
      await openPaste(page, handedForOthers());
      await page.getByRole('button', { name: 'Review it' }).click();
    },
    until: 'can be made on this machine',
    tall: true,
  },
];

const HANDED: readonly Sheet[] = [
  { name: 'handed-empty', go: (page) => openPaste(page), until: 'What you were sent', wide: true },
  {
    name: 'handed-known',
    go: (page) => openPaste(page, paymentWithPartner([PARTNER])),
    until: 'It brings 1 signature',
  },
  {
    name: 'handed-known-more-missing',
    go: (page) => openPaste(page, signedBy(sharedPayment(), [WATCHED])),
    until: 'Still missing then',
  },
  {
    name: 'handed-nothing-new',
    go: (page) => openPaste(page, sharedPayment()),
    until: 'no signature that is still missing',
  },
  { name: 'handed-foreign', go: (page) => openPaste(page, handedTrap()), until: 'not made here' },
  { name: 'handed-not-base64', go: (page) => openPaste(page, 'hello there'), until: 'not a transaction in base64' },
  {
    name: 'handed-loading',
    world: { state: 'loading', only: ['transactions.look'] },
    go: (page) => openPaste(page, sharedPayment()),
    until: 'What you were sent',
  },
  {
    name: 'inspector-transaction',
    async go(page) {
      await place(page, 'Inspector');
      await page.getByLabel('Address or run id').fill(sharedPayment());
    },
    until: 'This is a transaction, not an address',
  },
  {
    name: 'transaction-waiting',
    go: (page) => openKnown(page, /and 1 more/),
    until: 'Waits for 2 signatures',
    tall: true,
    wide: true,
  },
  {
    name: 'transaction-adding',
    async go(page) {
      await openKnown(page, /and 1 more/);
      await page.getByRole('button', { name: 'Add signatures' }).click();
      await page.getByLabel('Transaction in base64').fill(signedBy(sharedPayment(), [JOIN, WATCHED]));
    },
    until: 'and send',
    tall: true,
  },
  { name: 'transaction-with-partner', go: (page) => openKnown(page, /0\.5 SOL/), until: 'Handed out', tall: true },
  {
    name: 'transaction-nonce-moved',
    go: (page) => openKnown(page, /^Send 0\.000003/),
    until: 'another value',
    tall: true,
  },
  {
    name: 'transaction-nonce-used',
    go: (page) => openKnown(page, /^Pay the shared costs$/),
    until: 'It was',
    tall: true,
  },
  {
    name: 'transaction-nonce-failed',
    go: (page) => openKnown(page, /Pay the shared costs again/),
    until: 'The nonce is used',
    tall: true,
  },
  {
    name: 'transactions-waiting',
    async go(page) {
      await place(page, 'Transactions');
      await page.getByRole('combobox', { name: 'Result' }).click();
      await page.getByRole('option', { name: 'Waits for signatures' }).click();
    },
    until: '2 of 11 transactions',
  },
];

const ENDINGS: readonly Sheet[] = [
  {
    name: 'result-waiting',
    async go(page) {
      await pauseBy(page, /^Join authority/);
      await chooseNonce(page);
      await review(page);
      await page.getByLabel('Leave Join authority for later').check();
      await page.getByLabel(/to sign this$/).fill('sign anyway');
      await sign(page, 'Sign 1 of 2 and keep for the others');
    },
    until: 'Waits for 1 signature',
    tall: true,
  },
  { name: 'result-sending', world: { ending: 'pending' }, go: signOwn, until: 'Being confirmed' },
  {
    name: 'result-confirmed',
    async go(page) {
      await openPaste(page, handedTrap());
      await page.getByRole('button', { name: 'Review it' }).click();
      await page.getByLabel(/to sign this$/).fill('sign anyway');
      await sign(page, 'Sign and send');
    },
    until: 'Confirmed in slot',
  },
  { name: 'result-failed', world: { ending: 'failed' }, go: signOwn, until: 'and was refused', tall: true },
  { name: 'result-failed-nonce', world: { ending: 'failed' }, go: signNonce, until: 'The nonce is used', tall: true },
  { name: 'result-expired', world: { ending: 'expired' }, go: signOwn, until: 'can no longer land' },
  { name: 'result-nonce-used', world: { ending: 'nonce-used' }, go: signNonce, until: 'can no longer land' },
  { name: 'result-unknown', world: { ending: 'unknown' }, go: signOwn, until: 'it may still land' },
];

async function signOwn(page: Page): Promise<void> {
  await ownReview(page);
  await sign(page, 'Sign and send');
}

async function signNonce(page: Page): Promise<void> {
  await underNonce(page);
  await sign(page, 'Sign and send');
}

/** Sheets of what transactions live by, who signs them, how they go from hand to hand, and every ending. */
export const HANDED_SHEETS: readonly Sheet[] = [...REVIEWS, ...HANDED, ...ENDINGS];
