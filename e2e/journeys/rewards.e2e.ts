import { expect, type Page } from '@playwright/test';
import { Connection, Keypair, LAMPORTS_PER_SOL } from '@solana/web3.js';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import {
  countRunsFromOutside,
  joinFromOutside,
  readRewardsFromOutside,
  readRunFromOutside,
  readVaultFromOutside,
  landed,
} from '../harness/outside-run.ts';
import { startPracticeProcess } from '../harness/practice-process.ts';
import { test } from '../harness/fixture.ts';
import {
  enterPractice,
  goTo,
  openCreateRun,
  pressWhenReady,
  reviewAndSign,
  sign,
  signUntilRunPage,
  startPracticeRun,
} from '../pages/main-path.ts';
import { addKeyfile, connectTo, writeKeyfile } from '../pages/own-network.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

const RUN_ID = 'practice-run-1';

/** A figure of the treasury panel, by its name. */
const figure = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Treasury' })
    .locator('dt', { hasText: name })
    .first()
    .locator('xpath=following-sibling::dd[1]');

/** How many approvals the last step announces. */
async function approvalsSaid(page: Page): Promise<number> {
  const words = page.getByText(/^\d approvals, one after the other$/);
  await expect(words).toBeVisible();
  return Number.parseInt(await words.innerText(), 10);
}

test('a run with rewards: created, funded and started in as many approvals as were said, and topped up once more', async ({
  app,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  await enterPractice(page);
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  await pressWhenReady(page, 'Continue to rewards');
  await page.getByLabel('Pay clients with tokens').check();
  await expect(page.getByText('6 digits after the point').first()).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1e3');
  await expect(page.getByText(/is not a plain decimal number/).first()).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('100.5');
  await page.getByLabel('Fill the treasury up to').fill('1000');
  await pressWhenReady(page, 'Continue to configuration');
  await pressWhenReady(page, 'Continue to review');
  const approvals = await approvalsSaid(page);
  expect(approvals).toBeLessThanOrEqual(3);
  await reviewAndSign(page);
  await signUntilRunPage(page, approvals);

  await expect(figure(page, 'Funded')).toHaveText('1\u202F000 tokens');
  await expect(figure(page, 'Lasts at the next rate')).toHaveText('9 epochs');

  await page.getByRole('button', { name: 'Top up', exact: true }).click();
  await page.getByLabel('Amount').fill('250.000001');
  await reviewAndSign(page);
  await sign(page);
  await expect(figure(page, 'Funded')).toHaveText('1\u202F250.000001 tokens');

  const url = await practiceUrl(page);
  expect(await readVaultFromOutside(url, RUN_ID)).toBe(1_250_000_001n);
  const run = await readRunFromOutside(url, RUN_ID);
  expect(run?.state.coordinator.run_state).toBe('WaitingForMembers');
  expect(run?.state.clients_state.future_epoch_rates.earning_rate_total_shared).toBe(100_500_000n);
});

test('a plain run pays points: the rate is set without a treasury, and that is said', async ({ app }) => {
  const { page } = app;
  await startPracticeRun(page);

  const points = page.getByRole('region', { name: 'Points without tokens' });
  await points.getByRole('button', { name: 'Set rates' }).click();
  await expect(page.getByText('a treasury cannot be added to it later')).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1000.5');
  await expect(page.getByText(/more than 0 digits after the point/)).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1000');
  await reviewAndSign(page);
  await sign(page);
  await expect(points.getByRole('row', { name: /^Reward per epoch, shared/ })).toContainText('1\u202F000 points');

  const run = await readRunFromOutside(await practiceUrl(page), RUN_ID);
  expect(run?.state.clients_state.future_epoch_rates.earning_rate_total_shared).toBe(1_000n);
  const treasury = await ask<{ kind: string }>(page, 'runs', 'treasury', { runId: RUN_ID });
  expect(treasury.kind).toBe('plain');
});

test('clients of a rewarded run earn points as time passes, and one of them claims its tokens', async ({
  app,
  dataDir,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  const client = Keypair.generate();
  await enterPractice(page);
  await addKeyfile(app, writeKeyfile(dataDir, 'client.json', client));
  await goTo(page, 'Runs');
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  await pressWhenReady(page, 'Continue to rewards');
  await page.getByLabel('Pay clients with tokens').check();
  await page.getByLabel('Reward per epoch, shared').fill('90');
  await page.getByLabel('Fill the treasury up to').fill('1000');
  await pressWhenReady(page, 'Continue to configuration');
  // Everybody is a witness, so no round waits for the report of the client from outside, which never sends one.
  const config = PRACTICE_CONFIG_TEXT.replace('witness_nodes = 1', 'witness_nodes = 0');
  await page.getByLabel('Configuration text').fill(config);
  await pressWhenReady(page, 'Continue to review');
  const approvals = await approvalsSaid(page);
  await reviewAndSign(page);
  await signUntilRunPage(page, approvals);

  const url = await practiceUrl(page);
  const connection = new Connection(url, 'confirmed');
  await landed(connection, await connection.requestAirdrop(client.publicKey, LAMPORTS_PER_SOL));
  await joinFromOutside(url, RUN_ID, client);
  const simulated = page.getByRole('region', { name: 'Simulated clients' });
  await simulated.getByRole('button', { name: 'Add 2 clients' }).click();
  await expect(simulated.getByRole('list')).toContainText(/^2 /);
  await simulated.getByRole('button', { name: 'Advance the clock by 1 h' }).click();

  const user = client.publicKey.toBase58();
  const claim = page.getByRole('button', { name: `Claim the rewards of ${user}` });
  await expect(claim).toBeVisible({ timeout: 30_000 });
  const known = (await readRunFromOutside(url, RUN_ID))?.state.clients_state.clients ?? [];
  expect(known).toHaveLength(3);
  expect(known.every(({ earned }) => earned >= 30_000_000n)).toBe(true);
  // The wallet from outside joined one epoch and no other one.
  const clients = page.getByRole('region', { name: 'Clients', exact: true });
  await expect(clients.getByRole('row').filter({ hasText: '30\u202F000\u202F000' })).toContainText(user.slice(0, 4));
  await claim.click();
  await reviewAndSign(page);
  await sign(page);
  await expect(page.getByRole('button', { name: 'Update configuration' })).toBeVisible();
  expect(await readRewardsFromOutside(url, RUN_ID, client.publicKey)).toBe(30_000_000n);
  expect(await readVaultFromOutside(url, RUN_ID)).toBe(970_000_000n);

  await simulated.getByRole('button', { name: 'Remove all' }).click();
  await simulated.getByRole('button', { name: 'Advance the clock by 1 h' }).click();
  await expect(simulated.getByText('None yet.')).toBeVisible();
});

test('a rewarded plan that was cut off after its first transaction goes on from the draft, each effect once', async ({
  app,
  dataDir,
  restart,
}) => {
  test.setTimeout(120_000);
  const owner = Keypair.generate();
  const network = await startPracticeProcess(owner.publicKey.toBase58());
  try {
    await connectTo(app, { url: network.rpcUrl, keyfile: writeKeyfile(dataDir, 'owner.json', owner) });
    await goTo(app.page, 'Runs');
    await openCreateRun(app.page);
    await pressWhenReady(app.page, 'Continue to identity');
    await app.page.getByLabel('Run id').fill('cut-off');
    await pressWhenReady(app.page, 'Continue to rewards');
    await app.page.getByLabel('Pay clients with tokens').check();
    await app.page.getByLabel('Mint of the reward token').fill(network.demoMint);
    await app.page.getByLabel('Reward per epoch, shared').fill('90');
    await app.page.getByLabel('Fill the treasury up to').fill('1000');
    await pressWhenReady(app.page, 'Continue to configuration');
    await app.page.getByLabel('Configuration text').fill(PRACTICE_CONFIG_TEXT);
    await pressWhenReady(app.page, 'Continue to review');
    const approvals = await approvalsSaid(app.page);
    await reviewAndSign(app.page);
    await sign(app.page);
    const steps = app.page.getByRole('list', { name: 'Transactions of this plan' }).getByRole('listitem');
    await expect(steps.nth(1)).toHaveAttribute('data-state', 'current');
    await app.kill();

    const { app: again, page } = await restart();
    await answerDialogs(again, { message: 1 });
    await goTo(page, 'Runs');
    await page.getByRole('button', { name: 'Create run' }).first().click();
    await expect(page.getByText('This is the run you had begun to create')).toBeVisible();
    const left = page.getByText(/^\d approvals?, one after the other$/);
    await expect(left).toHaveText(new RegExp(`^${approvals - 1} `));
    await reviewAndSign(page);
    await signUntilRunPage(page, approvals - 1);

    expect(await countRunsFromOutside(network.rpcUrl)).toBe(1);
    expect(await readVaultFromOutside(network.rpcUrl, 'cut-off')).toBe(1_000_000_000n);
    const run = await readRunFromOutside(network.rpcUrl, 'cut-off');
    expect(run?.state.coordinator.run_state).toBe('WaitingForMembers');
    expect(run?.state.clients_state.future_epoch_rates.earning_rate_total_shared).toBe(90_000_000n);
  } finally {
    await network.stop();
  }
});
