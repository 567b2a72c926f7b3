import { expect, type Page } from '@playwright/test';
import { goTo, pressWhenReady } from './main-path.ts';

/**
 * Lets the transactions of the form on screen live by a nonce.
 *
 * @param account - the beginning of an account's name in the list; the first that is free unless given
 */
export async function chooseNonce(page: Page, account?: string): Promise<void> {
  await page.locator('summary', { hasText: /^Lives by a recent blockhash/ }).click();
  await page.getByRole('radio', { name: /^Lives by a durable nonce/ }).check();
  const select = page.getByRole('combobox', { name: 'Nonce account' });
  await expect(select).toBeVisible();
  if (account === undefined) return;
  await select.click();
  await page.getByRole('option', { name: new RegExp(`^${account}\\b`) }).click();
}

/** The list of the operator's nonce accounts. */
export async function openNonceAccounts(page: Page): Promise<void> {
  await goTo(page, 'Signers');
  await page.getByRole('button', { name: 'Nonce accounts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nonce accounts' })).toBeVisible();
}

/** From a form to a review whose button says this, once it can be pressed. Types the phrase that a review may ask for. */
export async function reviewAndApprove(page: Page, button: string): Promise<void> {
  await pressWhenReady(page, 'Review and sign');
  await approve(page, button);
}

/** Approves the review on screen. */
export async function approve(page: Page, button: string): Promise<void> {
  await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible();
  const phrase = page.getByLabel(/^Type “.*” to sign this$/);
  if (await phrase.isVisible()) await phrase.fill('sign anyway');
  await pressWhenReady(page, button);
}

/** Message hash of the review or transaction on screen, base58. */
export async function shownHash(page: Page): Promise<string> {
  const label = await page
    .getByRole('img', { name: /^Message hash / })
    .first()
    .getAttribute('aria-label');
  return (label ?? '').replace('Message hash ', '');
}

/** An address as it stands where a person compares it. */
export function inGroups(address: string): string {
  return address.replaceAll(/.{4}(?=.)/g, '$& ');
}
