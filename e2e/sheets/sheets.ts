import type { Page } from 'playwright';
import { HANDED_SHEETS } from './handed-sheets.ts';
import { JOIN_SHEETS } from './join-sheets.ts';
import { ATLAS_SHEETS } from './atlas-sheets.ts';
import { NETWORK_SHEETS } from './network-sheets.ts';
import { NONCE_SHEETS } from './nonce-sheets.ts';
import { PASTE_SHEETS } from './paste-sheets.ts';
import { PROGRAM_SHEETS } from './program-sheets.ts';
import { REWARD_SHEETS } from './reward-sheets.ts';
import { RUN_SHEETS } from './run-sheets.ts';
import type { Sheet } from './sheet.ts';
import { SIGNER_SHEETS } from './signer-sheets.ts';
import { createUpTo, openRun, place } from './steps.ts';
import { TRANSACTION_SHEETS } from './transaction-sheets.ts';

async function toReview(page: Page): Promise<void> {
  await createUpTo(page, 'review');
  await page.getByRole('button', { name: 'Review and sign' }).click();
}

async function signFirst(page: Page): Promise<void> {
  await toReview(page);
  await page.waitForTimeout(1_000);
  await page.getByRole('button', { name: 'Sign and send' }).click();
}

async function look(page: Page, text: string): Promise<void> {
  await place(page, 'Inspector');
  await page.getByLabel('Address or run id').fill(text);
  await page.getByRole('button', { name: 'Look', exact: true }).click();
}

const stay = async () => undefined;

/** Every sheet of the app. States are part of the name: `runs-empty`, `runs-failing`. */
export const SHEETS: readonly Sheet[] = [
  { name: 'first-start', world: { door: undefined as never }, go: stay, until: 'Press Enter to start', wide: true },
  { name: 'runs-full', go: stay, until: 'atlas-1b-run-07', wide: true },
  { name: 'runs-empty', world: { state: 'empty' }, go: stay, until: 'No runs on this network yet' },
  { name: 'runs-loading', world: { state: 'loading' }, go: stay, until: 'Runs' },
  { name: 'runs-failing', world: { state: 'failing' }, go: stay, until: 'The runs could not be listed' },
  { name: 'runs-offline', world: { door: 'offline' }, go: stay, until: 'This machine stays offline' },
  {
    name: 'runs-no-match',
    go: (page) => page.getByLabel('Search runs').fill('nothing like it'),
    until: 'No run matches',
  },
  {
    name: 'palette',
    async go(page) {
      await page.getByRole('button', { name: 'Create run' }).waitFor();
      await page.keyboard.press('Control+K');
    },
    until: 'All runs of this network',
  },
  {
    name: 'run-training',
    go: (page) => openRun(page, 'atlas-1b-run-07'),
    until: 'State machine',
    wide: true,
    tall: true,
  },
  { name: 'run-waiting', go: (page) => openRun(page, 'practice-run-1'), until: 'It waits for clients' },
  { name: 'run-new', go: (page) => openRun(page, 'helios-new'), until: 'Before the first start' },
  { name: 'run-old-layout', go: (page) => openRun(page, 'old-layout'), until: 'cannot be read by this version' },
  { name: 'run-long-id', go: (page) => openRun(page, 'тренировка-атлас7'), until: 'тренировка' },
  {
    name: 'run-loading',
    world: { state: 'loading' },
    go: (page) => openRun(page, 'atlas-1b-run-07'),
    until: 'Run atlas-1b-run-07',
  },
  {
    name: 'run-failing',
    world: { state: 'failing' },
    go: (page) => openRun(page, 'atlas-1b-run-07'),
    until: 'The run could not be read',
  },
  {
    name: 'run-dump',
    async go(page) {
      await openRun(page, 'atlas-1b-run-07');
      await page.getByRole('button', { name: 'Dump' }).click();
    },
    until: 'Save as JSON',
  },
  { name: 'create-who', go: (page) => createUpTo(page, 'who'), until: 'Anyone', wide: true },
  { name: 'create-identity', go: (page) => createUpTo(page, 'identity'), until: 'Client version', tall: true },
  {
    name: 'create-identity-too-long',
    async go(page) {
      await createUpTo(page, 'identity');
      await page.getByLabel('Run id').fill('тренировка-атлас77');
    },
    until: 'byte too many',
  },
  {
    name: 'create-identity-taken',
    async go(page) {
      await createUpTo(page, 'identity');
      await page.getByLabel('Run id').fill('atlas-1b-run-07');
    },
    until: 'Run id is taken',
  },
  {
    name: 'create-identity-seed',
    async go(page) {
      await createUpTo(page, 'identity');
      await page.getByLabel('Derive the account’s address from a seed').check();
      await page.getByRole('textbox', { name: 'Seed' }).fill('practice-run-1/account');
    },
    until: 'Nobody has a key for it',
    tall: true,
  },
  {
    name: 'create-configuration',
    go: (page) => createUpTo(page, 'configuration'),
    until: 'The chain would take this configuration',
    tall: true,
  },
  {
    name: 'create-configuration-findings',
    async go(page) {
      await createUpTo(page, 'configuration');
      await page.getByRole('button', { name: 'Open file' }).click();
    },
    until: 'Insert missing keys',
    tall: true,
  },
  { name: 'create-review', go: (page) => createUpTo(page, 'review'), until: 'Run to create', tall: true },
  { name: 'sign-practice', go: toReview, until: 'Required signatures', wide: true, tall: true },
  {
    name: 'sign-mainnet-phrase',
    world: { network: 'mainnet', asksPhrase: true },
    go: signOnMainnet,
    until: 'to sign this',
    tall: true,
  },
  { name: 'sign-pending', world: { ending: 'pending' }, go: signFirst, until: 'Transaction timeline' },
  { name: 'sign-failed', world: { ending: 'failed' }, go: signFirst, until: 'and was refused' },
  { name: 'sign-expired', world: { ending: 'expired' }, go: signFirst, until: 'can no longer land' },
  { name: 'sign-unknown', world: { ending: 'unknown' }, go: signFirst, until: 'it may still land' },
  {
    name: 'update-configuration',
    async go(page) {
      await openRun(page, 'nightly-paused');
      await page.getByRole('button', { name: 'Update configuration' }).click();
      await page.getByRole('button', { name: 'Use the sample' }).click();
    },
    until: 'config.epoch_time',
    tall: true,
  },
  {
    name: 'pause',
    async go(page) {
      await openRun(page, 'atlas-1b-run-07');
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
    },
    until: 'What happens now',
  },
  ...REWARD_SHEETS,
  ...PASTE_SHEETS,
  ...ATLAS_SHEETS,
  ...RUN_SHEETS,
  ...JOIN_SHEETS,
  ...SIGNER_SHEETS,
  ...NETWORK_SHEETS,
  ...PROGRAM_SHEETS,
  ...NONCE_SHEETS,
  ...TRANSACTION_SHEETS,
  ...HANDED_SHEETS,
  {
    name: 'inspector-command',
    async go(page) {
      await place(page, 'Inspector');
      await page.getByLabel('Address or run id').fill('run-manager set-paused --run-id atlas-7 --resume');
    },
    until: 'This is a command, not an address',
  },
  {
    name: 'practice-reset',
    async go(page) {
      await place(page, 'Networks');
      await page.getByRole('button', { name: 'Reset…' }).click();
    },
    until: 'Every practice run and balance will be gone',
  },
  { name: 'inspector-full', go: (page) => look(page, 'atlas-1b-run-07'), until: 'Raw bytes', wide: true, tall: true },
  {
    name: 'inspector-pointed',
    async go(page) {
      await look(page, 'atlas-1b-run-07');
      await page.getByRole('treeitem', { name: /^▸?\s*coordinator/ }).click();
      await page.getByRole('treeitem', { name: /^▸?\s*config/ }).click();
      await page.getByRole('treeitem', { name: /^\s*epoch_time/ }).click();
    },
    until: /config\.epoch_time · 1008/,
  },
  { name: 'inspector-empty', go: (page) => place(page, 'Inspector'), until: 'Look into any account' },
  { name: 'inspector-nothing', go: (page) => look(page, 'nobody'), until: 'Nothing exists there' },
  {
    name: 'inspector-loading',
    world: { state: 'loading' },
    go: (page) => look(page, 'atlas-1b-run-07'),
    until: 'Inspector',
  },
  {
    name: 'inspector-failing',
    world: { state: 'failing' },
    go: (page) => look(page, 'atlas-1b-run-07'),
    until: 'It could not be looked at',
  },
  { name: 'signers-full', go: (page) => place(page, 'Signers'), until: 'chmod 600', wide: true, tall: true },
  { name: 'signers-empty', world: { state: 'empty' }, go: (page) => place(page, 'Signers'), until: 'No signers yet' },
  {
    name: 'signers-loading',
    world: { state: 'loading' },
    go: (page) => place(page, 'Signers'),
    until: 'Only the path',
  },
  {
    name: 'signers-failing',
    world: { state: 'failing' },
    go: (page) => place(page, 'Signers'),
    until: 'The signers could not be read',
  },
  { name: 'networks-full', go: (page) => place(page, 'Networks'), until: 'Localnet', wide: true },
  {
    name: 'networks-test',
    async go(page) {
      await place(page, 'Networks');
      await page.getByRole('button', { name: 'Test Devnet' }).click();
    },
    until: 'Genesis hash',
  },
  {
    name: 'networks-add',
    async go(page) {
      await place(page, 'Networks');
      await page.getByRole('button', { name: 'Add network' }).click();
      await page.getByLabel('RPC URL').fill('http://10.0.0.7:8899');
    },
    until: 'Accept an unencrypted connection',
  },
  {
    name: 'networks-contradicting',
    world: { network: 'contradicting' },
    go: (page) => place(page, 'Networks'),
    until: 'Sending is blocked',
  },
  {
    name: 'networks-unreachable',
    world: { network: 'unreachable' },
    go: (page) => place(page, 'Networks'),
    until: 'cannot be reached',
  },
  {
    name: 'networks-loading',
    world: { state: 'loading' },
    go: (page) => place(page, 'Networks'),
    until: 'The colour of a network',
  },
  {
    name: 'networks-failing',
    world: { state: 'failing' },
    go: (page) => place(page, 'Networks'),
    until: 'The networks could not be read',
  },
  { name: 'settings', go: (page) => place(page, 'Settings'), until: 'Theme' },
];

async function signOnMainnet(page: Page): Promise<void> {
  await openRun(page, 'nightly-paused');
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.getByRole('button', { name: 'Review and sign' }).click();
}
