import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Connection, Keypair, PublicKey } from '@solana/web3.js';
import { SEED_PAGE } from '#test/builders/seed-page.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { configurationOf } from '#core/operations/configuration-parts.ts';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test } from '../harness/fixture.ts';
import {
  placeOfRunFromOutside,
  readAuthorizationFromOutside,
  readRunFromOutside,
  readVaultFromOutside,
} from '../harness/outside-run.ts';
import { carryOut, enterPractice, goTo, pressWhenReady, runPage } from '../pages/main-path.ts';
import { addKeyfile, writeKeyfile } from '../pages/own-network.ts';
import { ask, practiceUrl } from '../pages/window-api.ts';

const RUN_ID = 'seed-page';

/** Puts values in the place of a page's words, as an operator does, and opens the form of the command. */
async function openForm(page: Page, text: string, values: Readonly<Record<string, string>>): Promise<void> {
  const filled = text.replaceAll(/\[(\w+)\]/g, (whole, word: string) => values[word] ?? whole);
  expect(filled).not.toContain('[');
  await goTo(page, 'Paste a command');
  await page.getByRole('textbox', { name: 'Commands to read' }).fill(filled);
  await expect(page.getByText('not understood', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: /^Open the (filled form|dump)$/ }).click();
}

/** Answers what a pasted number means as the command lines of its time read it: whole native units. */
async function chooseOlderMeaning(page: Page, of: string): Promise<void> {
  const question = page.getByRole('alert').filter({ hasText: `${of}: the pasted number has had two meanings` });
  await expect(question.getByRole('radio')).toHaveCount(2);
  await question
    .getByRole('radio', { name: /native units/ })
    .first()
    .check();
}

test('the page’s own commands, pasted one after the other, create, configure, start, fund and dump a run', async ({
  app,
  dataDir,
}) => {
  const { page } = app;
  const joinAuthority = Keypair.generate();
  await enterPractice(page);
  await addKeyfile(app, writeKeyfile(dataDir, 'join_authority.json', joinAuthority));
  const url = await practiceUrl(page);
  const { demoMint } = await ask<{ demoMint: string }>(page, 'practice', 'status');
  const configPath = join(dataDir, 'config.toml');
  const config = PRACTICE_CONFIG_TEXT.replace('cooldown_time = 15', 'cooldown_time = 45');
  writeFileSync(configPath, config);
  const values = {
    RPC: url,
    RUN_ID,
    JOIN_AUTHORITY_PUBKEY: joinAuthority.publicKey.toBase58(),
    COLLATERAL_MINT_PUBKEY: demoMint,
    JSON_PRIVATE_KEY_PATH: 'main_authority.json',
    CONFIG_FILE_PATH: configPath,
    EARNING_RATE: '1000000',
    SLASHING_RATE: '500',
    COLLATERAL_AMOUNT: '5000000',
  };
  const coordinator = async () => (await readRunFromOutside(url, RUN_ID))?.state.coordinator;

  await openForm(page, SEED_PAGE.allow, values);
  await expect(page.getByRole('radio', { name: 'Anyone' })).toBeChecked();
  await page.getByRole('combobox', { name: 'Join authority' }).click();
  await page.getByRole('option', { name: /^join_authority/ }).click();
  await carryOut(page, page.getByRole('heading', { level: 1, name: 'Who may join' }));
  expect(await readAuthorizationFromOutside(url, joinAuthority.publicKey, PublicKey.default)).toMatchObject({
    active: true,
    delegates: [],
  });

  await openForm(page, SEED_PAGE.create, values);
  await expect(page.getByText('Filled in from the pasted command')).toBeVisible();
  await pressWhenReady(page, 'Continue to identity');
  await expect(page.getByLabel('Run id')).toHaveValue(RUN_ID);
  await expect(page.getByRole('combobox', { name: 'Join authority' })).toHaveValue(/^join_authority/);
  await pressWhenReady(page, 'Continue to rewards');
  await expect(page.getByLabel('Mint of the reward token')).toHaveValue(demoMint);
  await pressWhenReady(page, 'Continue to configuration');
  await page.getByLabel('Configure later').check();
  await pressWhenReady(page, 'Continue to review');
  await carryOut(page, runPage(page));
  const place = await placeOfRunFromOutside(url, RUN_ID);
  expect(place.joinAuthority.equals(joinAuthority.publicKey)).toBe(true);
  expect(await coordinator()).toMatchObject({ run_state: 'Uninitialized', config: { total_steps: 0 } });

  await openForm(page, SEED_PAGE.update, values);
  await expect(page.getByText('The command names a file: open it here')).toBeVisible();
  await answerDialogs(app.app, { open: configPath });
  await page.getByRole('button', { name: 'Open file' }).click();
  await carryOut(page, runPage(page));
  const after = await coordinator();
  expect({ config: after?.config, model: after?.model }).toEqual(configurationOf(config));

  await openForm(page, SEED_PAGE.resume, values);
  await carryOut(page, runPage(page));
  expect((await coordinator())?.run_state).toBe('WaitingForMembers');

  await openForm(page, SEED_PAGE.rates, values);
  await expect(page.getByText('Choose what the pasted rate means').first()).toBeVisible();
  await chooseOlderMeaning(page, 'Reward per epoch');
  await chooseOlderMeaning(page, 'Penalty per client');
  await carryOut(page, runPage(page));
  const rates = (await readRunFromOutside(url, RUN_ID))?.state.clients_state.future_epoch_rates;
  // The older command gave a reward to each client: two share it, because the run starts with two.
  expect(rates).toEqual({ earning_rate_total_shared: 2_000_000n, slashing_rate_per_client: 500n });

  await openForm(page, SEED_PAGE.topUp, values);
  await expect(page.getByText('Choose what the pasted amount means').first()).toBeVisible();
  await chooseOlderMeaning(page, 'Amount');
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('5');
  await carryOut(page, runPage(page));
  expect(await readVaultFromOutside(url, RUN_ID)).toBe(5_000_000n);

  await openForm(page, SEED_PAGE.dump, values);
  const dump = join(dataDir, 'dump.json');
  await answerDialogs(app.app, { save: dump });
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  await expect(page.getByText('Saved as dump.json')).toBeVisible();
  const info = await new Connection(url, 'confirmed').getAccountInfo(place.account);
  expect(info?.lamports).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(dump, 'utf8'))).toMatchObject({
    coordinator_instance: { main_authority: place.mainAuthority.toBase58() },
    coordinator_account: { run_id: RUN_ID, setup: { config: { cooldown_time: 45 } } },
    treasurer_run: { collateral_mint: demoMint },
  });
});
