import { basename } from 'node:path';
import { expect } from '@playwright/test';
import { PublicKey } from '@solana/web3.js';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import type { RunningApp } from '../harness/launch.ts';
import { pressWhenReady } from './main-path.ts';
import { ask } from './window-api.ts';

/** Makes a key in an encrypted file, on the page of the signers. Says yes to every later question. */
export async function makeEncryptedKey(
  { app, page }: RunningApp,
  path: string,
  passphrase: string,
): Promise<PublicKey> {
  const name = basename(path, '.json');
  await answerDialogs(app, { message: 1, save: path });
  await page.getByRole('button', { name: 'New key…' }).click();
  const form = page.getByRole('form', { name: 'New key' });
  await form.getByLabel('New passphrase').fill(passphrase);
  await form.getByLabel('Passphrase again').fill(passphrase);
  await pressWhenReady(page, 'Choose a place and make it');
  await expect(page.getByRole('listitem', { name: `Signer ${name}`, exact: true })).toBeVisible({ timeout: 60_000 });
  const { signers } = await ask<{ signers: { label: string; address: string }[] }>(page, 'signers', 'list');
  return new PublicKey(signers.find(({ label }) => label === name)?.address ?? '');
}
