import { expect, type Page } from '@playwright/test';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test as base } from '../harness/gated-network.ts';
import { type GatedRpc, startGatedRpc } from '../harness/gated-rpc.ts';
import { readVaultFromOutside } from '../harness/outside-run.ts';
import { goTo, openCreateRun, pressWhenReady, reviewAndSign, runPage, signUntilRunPage } from '../pages/main-path.ts';
import { connectTo, writeKeyfile } from '../pages/own-network.ts';
import { ask } from '../pages/window-api.ts';
import type { RunningApp } from '../harness/launch.ts';

const RUN_ID = 'paid-run';
const TOKEN = 1_000_000n;

/** Looks at the vault after the last top-up: long enough for a second one to land. Milliseconds. */
const QUIET_MS = 5_000;

type Row = { readonly id: string; readonly title: string; readonly outcome?: { readonly kind: string } };

/** A second way to the same node, with a gate of its own. */
const test = base.extend<{ otherGate: GatedRpc }>({
  otherGate: async ({ network }, use) => {
    const gate = await startGatedRpc(network.rpcUrl);
    await use(gate);
    await gate.close();
  },
});

/** A run with an empty treasury, on the page of which the operator is then. */
async function createPaidRun(app: RunningApp, mint: string): Promise<void> {
  const { page } = app;
  await goTo(page, 'Runs');
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  await page.getByLabel('Run id').fill(RUN_ID);
  await pressWhenReady(page, 'Continue to rewards');
  await page.getByLabel('Pay clients with tokens').check();
  await page.getByLabel('Mint').fill(mint);
  await expect(page.getByText('6 digits after the point').first()).toBeVisible();
  await page.getByLabel('Reward per epoch, shared').fill('1');
  await pressWhenReady(page, 'Continue to configuration');
  await page.getByLabel('Configuration text').fill(PRACTICE_CONFIG_TEXT);
  await pressWhenReady(page, 'Continue to review');
  const words = page.getByText(/^\d approvals, one after the other$/);
  await expect(words).toBeVisible();
  const approvals = Number.parseInt(await words.innerText(), 10);
  await reviewAndSign(page);
  await signUntilRunPage(page, approvals);
}

/** From the run's page to a review of a top-up whose button is awake. */
async function reviewTopUp(page: Page, amount: string): Promise<void> {
  await page.getByRole('button', { name: 'Top up', exact: true }).click();
  await page.getByLabel('Amount').fill(amount);
  await reviewAndSign(page);
  await expect(page.getByRole('button', { name: 'Sign and send' })).not.toHaveAttribute('aria-disabled', 'true');
}

const topUps = async (page: Page) =>
  (await ask<Row[]>(page, 'transactions', 'list')).filter(({ title }) => /^top up/i.test(title));

async function openRun(page: Page): Promise<void> {
  await goTo(page, 'Runs');
  await page.getByRole('row', { name: new RegExp(RUN_ID) }).click();
  await expect(runPage(page)).toBeVisible();
}

test('the same top-up by a double click, through a crash, and over another endpoint: it is paid once', async ({
  app,
  network,
  gate,
  otherGate,
  owner,
  dataDir,
  restart,
}) => {
  test.setTimeout(240_000);
  const vault = () => readVaultFromOutside(network.rpcUrl, RUN_ID);
  const stays = async (tokens: bigint) => {
    const until = Date.now() + QUIET_MS;
    while (Date.now() < until) {
      expect(await vault()).toBe(tokens * TOKEN);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  await connectTo(app, { url: gate.url, keyfile: writeKeyfile(dataDir, 'owner.json', owner) });
  await createPaidRun(app, network.demoMint);

  await test.step('a double click', async () => {
    const { page } = app;
    await reviewTopUp(page, '10');
    await page.getByRole('button', { name: 'Sign and send' }).dblclick();
    await expect(runPage(page)).toBeVisible({ timeout: 30_000 });
    await expect.poll(vault).toBe(10n * TOKEN);
    await stays(10n);
    expect((await topUps(page)).map(({ outcome }) => outcome?.kind)).toEqual(['confirmed']);
  });

  await test.step('killed after the network took it, before anybody saw that it landed', async () => {
    await reviewTopUp(app.page, '20');
    gate.setSending('pass-without-answer');
    const sent = gate.nextSend();
    await app.page.getByRole('button', { name: 'Sign and send' }).click();
    await sent;
    await app.kill();
    gate.setSending('pass');
  });
  const again = await restart();
  await test.step('the next start finds it, and pays nothing more', async () => {
    const { page } = again;
    await expect
      .poll(async () => (await topUps(page)).map(({ outcome }) => outcome?.kind), { timeout: 60_000 })
      .toEqual(['confirmed', 'confirmed']);
    await stays(30n);
  });

  await test.step('over another endpoint, while the first one swallows it', async () => {
    const { page } = again;
    await answerDialogs(again.app, { message: 1 });
    await openRun(page);
    await reviewTopUp(page, '40');
    gate.setSending('swallow');
    const sent = gate.nextSend();
    await page.getByRole('button', { name: 'Sign and send' }).click();
    await sent;
    expect(await vault()).toBe(30n * TOKEN);
    await goTo(page, 'Networks');
    await page.getByRole('button', { name: 'Edit My node' }).click();
    await page.getByRole('button', { name: 'Add another endpoint' }).click();
    await page.getByLabel('Endpoint 2', { exact: true }).fill(otherGate.url);
    await page.getByRole('button', { name: 'Make first: endpoint 2' }).click();
    await pressWhenReady(page, 'Save network');
    await expect.poll(vault, { timeout: 60_000 }).toBe(70n * TOKEN);
    gate.setSending('pass');
    await expect
      .poll(async () => (await topUps(page)).map(({ outcome }) => outcome?.kind), { timeout: 60_000 })
      .toEqual(['confirmed', 'confirmed', 'confirmed']);
    await stays(70n);
  });
});
