import type { Page } from 'playwright';

const CONTINUE = {
  who: 'Continue to identity',
  identity: 'Continue to rewards',
  rewards: 'Continue to configuration',
  configuration: 'Continue to review',
};

/** A place of the rail. */
export async function place(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true }).click();
}

export async function openRun(page: Page, runId: string): Promise<void> {
  await place(page, 'Runs');
  await page.getByLabel('Run id to open').fill(runId);
  await page.getByRole('button', { name: 'Open by id' }).click();
}

/** Walks the sequence of creating a run up to a step. */
export async function createUpTo(
  page: Page,
  step: 'who' | 'identity' | 'rewards' | 'configuration' | 'review',
): Promise<void> {
  await page.getByRole('button', { name: 'Create run' }).first().click();
  await page.getByRole('list', { name: 'Steps of creating a run' }).waitFor();
  for (const each of ['who', 'identity', 'rewards', 'configuration'] as const) {
    if (each === step) return;
    await page.getByRole('button', { name: CONTINUE[each] }).click();
  }
}

/** An action of a run that its menu has. */
export async function fromMenu(page: Page, runId: string, item: string): Promise<void> {
  await openRun(page, runId);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}
