import type { Page } from 'playwright';
import { SAMPLE_PASSPHRASE } from '../harness/fake-main/sample-signers.ts';
import type { Sheet } from './sheet.ts';
import { fromMenu, place } from './steps.ts';

const toSigners = (page: Page) => place(page, 'Signers');

async function newKey(page: Page): Promise<void> {
  await toSigners(page);
  await page.getByRole('button', { name: 'New key…' }).click();
}

async function typeTwice(page: Page): Promise<void> {
  await page.getByLabel('New passphrase', { exact: true }).fill(SAMPLE_PASSPHRASE);
  await page.getByLabel('Passphrase again', { exact: true }).fill(SAMPLE_PASSPHRASE);
}

async function openEncrypt(page: Page): Promise<void> {
  await toSigners(page);
  await page.getByRole('listitem', { name: 'Signer Join authority' }).getByRole('button', { name: 'Encrypt…' }).click();
}

/** A review whose fee payer has an encrypted keyfile. */
async function reviewEncrypted(page: Page): Promise<void> {
  await fromMenu(page, 'practice-run-1', 'Tick');
  await page.getByRole('combobox', { name: 'Fee payer' }).click();
  await page.getByRole('option', { name: /^Cold key ·/ }).click();
  await page.getByRole('button', { name: 'Review and sign' }).click();
  await page.getByLabel('Passphrase of Cold key').waitFor();
}

/** Sheets of encrypted keyfiles and new keys. */
export const SIGNER_SHEETS: readonly Sheet[] = [
  {
    name: 'signers-locked',
    async go(page) {
      await toSigners(page);
      await page.getByRole('button', { name: 'Add keyfile' }).click();
    },
    until: 'Add an encrypted keyfile',
  },
  {
    name: 'signers-wrong-passphrase',
    async go(page) {
      await toSigners(page);
      await page.getByRole('button', { name: 'Add keyfile' }).click();
      await page.getByLabel('Passphrase', { exact: true }).fill('not this one');
      await page.getByRole('button', { name: 'Open and add' }).click();
    },
    until: 'The passphrase does not open cold-storage.age',
  },
  { name: 'signers-encrypt', go: openEncrypt, until: 'Choose a place and encrypt', tall: true },
  {
    name: 'signers-encrypted',
    async go(page) {
      await openEncrypt(page);
      await typeTwice(page);
      await page.getByRole('button', { name: 'Choose a place and encrypt' }).click();
    },
    until: 'still holds the key in the open',
    tall: true,
  },
  { name: 'signers-new-key', go: newKey, until: 'Choose a place and make it', tall: true },
  {
    name: 'signers-words',
    async go(page) {
      await newKey(page);
      await typeTwice(page);
      await page.getByLabel('Show me its twelve words').check();
      await page.getByRole('button', { name: 'Choose a place and make it' }).click();
    },
    until: 'I have written them down',
    wide: true,
  },
  { name: 'review-passphrase', go: reviewEncrypted, until: 'Passphrase of Cold key', tall: true },
  {
    name: 'review-wrong-passphrase',
    async go(page) {
      await reviewEncrypted(page);
      await page.getByLabel('Passphrase of Cold key').fill('not this one');
      await page.getByLabel(/to sign this$/).fill('sign anyway');
      await page.waitForTimeout(1_000);
      await page.getByRole('button', { name: 'Sign and send' }).click();
    },
    until: 'The passphrase does not open cold-key.age',
    tall: true,
  },
];
