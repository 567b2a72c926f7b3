import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the first door. */
export async function enterPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Practice/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
}

/** A place of the rail. */
export async function goTo(
  page: Page,
  place: 'Runs' | 'Who may join' | 'Transactions' | 'Inspector' | 'Paste a command' | 'Signers' | 'Networks',
): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: place }).click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
}

export async function openCreateRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create run' }).first().click();
  await expect(page.getByRole('form', { name: 'Who may join' })).toBeVisible();
}

/** From the last step of a form to a review that can be signed. */
export async function reviewAndSign(page: Page): Promise<void> {
  await pressWhenReady(page, 'Review and sign');
  await expect(page.getByRole('button', { name: 'Sign and send' })).toBeVisible();
}

/** Signs the review on screen, once it can be. */
export async function sign(page: Page): Promise<void> {
  await pressWhenReady(page, 'Sign and send');
}

/** Presses a button that says why it cannot be pressed yet, as soon as it can. */
export async function pressWhenReady(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect(button).toBeEnabled();
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
  await button.click();
}

/** Fills in what a practice run has filled in already, and presses through to the review of the plan. */
export async function walkToReview(page: Page): Promise<void> {
  for (const next of ['Continue to identity', 'Continue to rewards', 'Continue to configuration', 'Continue to review'])
    await pressWhenReady(page, next);
  await expect(page.getByRole('form', { name: 'Review' })).toBeVisible();
}

/** Signs every transaction of the plan until the run's page is there. */
export async function signUntilRunPage(page: Page, transactions: number): Promise<void> {
  for (let number = 1; number <= transactions; number += 1) {
    if (transactions > 1)
      await expect(
        page
          .getByRole('list', { name: 'Transactions of this plan' })
          .getByRole('listitem')
          .nth(number - 1),
      ).toHaveAttribute('data-state', 'current');
    await sign(page);
  }
  await expect(page.getByRole('button', { name: 'Update configuration' })).toBeVisible();
}

/** First start on the practice network, with `practice-run-1` created, configured and started: the first two approvals. */
export async function startPracticeRun(page: Page): Promise<void> {
  await enterPractice(page);
  await openCreateRun(page);
  await walkToReview(page);
  await reviewAndSign(page);
  await signUntilRunPage(page, 2);
}

/** Something of the menu on a run's page. */
export async function openOfRun(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** From a form to the end of its plan, however many transactions it has; returns how many. */
export async function carryOut(page: Page, until: Locator): Promise<number> {
  await reviewAndSign(page);
  const steps = page.getByRole('list', { name: 'Transactions of this plan' }).getByRole('listitem');
  const count = Math.max(await steps.count(), 1);
  for (let position = 0; position < count; position += 1) {
    if (count > 1) await expect(steps.nth(position)).toHaveAttribute('data-state', 'current');
    await sign(page);
  }
  await expect(until).toBeVisible();
  return count;
}

/** The heading of a run's page has this button and no other place has it. */
export function runPage(page: Page): Locator {
  return page.getByRole('button', { name: 'Update configuration' });
}
