import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from '@playwright/test';
import type { Keypair } from '@solana/web3.js';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import type { RunningApp } from '../harness/launch.ts';
import { goTo, pressWhenReady } from './main-path.ts';

/** Writes a keyfile as the Solana CLI does, readable by its owner only. */
export function writeKeyfile(folder: string, name: string, key: Keypair): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify([...key.secretKey]), { mode: 0o600 });
  return path;
}

/** Adds a keyfile under its own name, which it gets as a signer too. Says yes to every later question. */
export async function addKeyfile({ app, page }: RunningApp, path: string): Promise<void> {
  await goTo(page, 'Signers');
  await answerDialogs(app, { open: path, message: 1 });
  await page.getByRole('button', { name: 'Add keyfile' }).first().click();
  await expect(page.getByRole('listitem', { name: `Signer ${basename(path, '.json')}`, exact: true })).toBeVisible();
}

/** First start with a node of one's own: adds the network, connects to it and adds the keyfile. Says yes to every question. */
export async function connectTo(
  { app, page }: RunningApp,
  { url, keyfile }: { url: string; keyfile: string },
): Promise<void> {
  await answerDialogs(app, { open: keyfile, message: 1 });
  await page.getByRole('button', { name: /^Connect to my network/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Networks' })).toBeVisible();
  await addNetwork(page, { name: 'My node', url });
  await page.getByRole('button', { name: 'Switch to it: My node' }).click();
  await expect(page.getByRole('button', { name: 'Reconnect My node' })).toBeVisible();
  await goTo(page, 'Signers');
  await page.getByRole('button', { name: 'Add keyfile' }).first().click();
  await expect(page.getByRole('list', { name: 'Signers' })).toBeVisible();
}

/** Fills in the form for a new network and saves it. */
export async function addNetwork(
  page: RunningApp['page'],
  { name, url, promises }: { name: string; url: string; promises?: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Add network' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('RPC URL').fill(url);
  if (promises !== undefined) {
    await page.getByRole('combobox', { name: 'Cluster it promises' }).click();
    await page.getByRole('option', { name: promises, exact: true }).click();
  }
  await pressWhenReady(page, 'Save network');
  await expect(page.getByRole('listitem', { name: `Network ${name}` })).toBeVisible();
}
