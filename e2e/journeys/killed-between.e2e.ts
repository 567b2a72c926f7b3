import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { test } from '../harness/gated-network.ts';
import type { GatedRpc } from '../harness/gated-rpc.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import { goTo, openCreateRun, pressWhenReady, reviewAndSign, sign } from '../pages/main-path.ts';
import { connectTo, writeKeyfile } from '../pages/own-network.ts';
import type { RunningApp } from '../harness/launch.ts';

const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');

test('killed after the network took the bytes: the next start finds that they landed', async ({
  app,
  gate,
  network,
  owner,
  dataDir,
  restart,
}) => {
  gate.setSending('pass-without-answer');
  await reviewCreation(app, gate, writeKeyfile(dataDir, 'owner.json', owner));
  await killWhileSending(app, gate);

  const { page } = await restart();
  await goTo(page, 'Transactions');
  await expect(page.getByText('Confirmed', { exact: false }).first()).toBeVisible();
  expect((await readRunFromOutside(network.rpcUrl, 'survivor'))?.state.coordinator.run_id).toBe('survivor');
});

test('killed before the network took them: the next start sends the same bytes, once', async ({
  app,
  gate,
  network,
  owner,
  dataDir,
  restart,
}) => {
  gate.setSending('swallow');
  await reviewCreation(app, gate, writeKeyfile(dataDir, 'owner.json', owner));
  await killWhileSending(app, gate);
  expect(await readRunFromOutside(network.rpcUrl, 'survivor')).toBeUndefined();

  gate.setSending('pass');
  const { page } = await restart();
  await goTo(page, 'Transactions');
  await expect(page.getByText('Confirmed', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /survivor/ })).toHaveCount(1);
  expect((await readRunFromOutside(network.rpcUrl, 'survivor'))?.state.coordinator.run_id).toBe('survivor');
});

async function reviewCreation(app: RunningApp, gate: GatedRpc, keyfile: string): Promise<void> {
  const { page } = app;
  await connectTo(app, { url: gate.url, keyfile });
  await goTo(page, 'Runs');
  await openCreateRun(page);
  await pressWhenReady(page, 'Continue to identity');
  await page.getByLabel('Run id').fill('survivor');
  await pressWhenReady(page, 'Continue to rewards');
  await pressWhenReady(page, 'Continue to configuration');
  await page.getByLabel('Configuration text').fill(configText);
  await pressWhenReady(page, 'Continue to review');
  await reviewAndSign(page);
}

/** The journal is written before anything is sent, so a request to send proves that the signature is on disk. */
async function killWhileSending(app: RunningApp, gate: GatedRpc): Promise<void> {
  const sent = gate.nextSend();
  await sign(app.page);
  await sent;
  await app.kill();
}
