import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Keypair } from '@solana/web3.js';
import { answerDialogs } from '../harness/answer-dialogs.ts';
import { test } from '../harness/fixture.ts';
import { readRunFromOutside } from '../harness/outside-run.ts';
import {
  enterPractice,
  goTo,
  openCreateRun,
  pressWhenReady,
  reviewAndSign,
  signUntilRunPage,
} from '../pages/main-path.ts';
import { practiceUrl } from '../pages/window-api.ts';

test('one user, with a join authority of its own that owns no SOL', async ({ app, dataDir }) => {
  const { page } = app;
  const joinAuthority = Keypair.generate();
  const user = Keypair.generate().publicKey.toBase58();
  const file = join(dataDir, 'join_authority.json');
  writeFileSync(file, JSON.stringify([...joinAuthority.secretKey]), { mode: 0o600 });
  await answerDialogs(app.app, { open: file, message: 1 });

  await enterPractice(page);
  await goTo(page, 'Signers');
  await page.getByRole('button', { name: 'Add keyfile' }).first().click();
  await expect(page.getByText('join_authority.json')).toBeVisible();

  await goTo(page, 'Runs');
  await openCreateRun(page);
  await page.getByRole('radio', { name: 'One user' }).check();
  await page.getByLabel('Address of the user').fill(user);
  await pressWhenReady(page, 'Continue to identity');
  await page.getByRole('combobox', { name: 'Join authority' }).click();
  await page.getByRole('option', { name: new RegExp(joinAuthority.publicKey.toBase58().slice(-5)) }).click();
  await pressWhenReady(page, 'Continue to rewards');
  await pressWhenReady(page, 'Continue to configuration');
  await pressWhenReady(page, 'Continue to review');
  await reviewAndSign(page);
  await expect(page.getByRole('list', { name: 'Required signatures' })).toContainText('Join authority');
  await signUntilRunPage(page, 2);

  const run = await readRunFromOutside(await practiceUrl(page), 'practice-run-1');
  expect(run?.state.coordinator.run_state).toBe('WaitingForMembers');
});
