import type { Page } from 'playwright';
import { addressOf, DEMO } from '../harness/fake-main/sample-addresses.ts';
import type { Sheet } from './sheet.ts';
import { place } from './steps.ts';

const KEYFILE = JSON.stringify(Array.from({ length: 64 }, (_, index) => (index * 37) % 256));

/** Commands of the page that explained how to create a run. */
const SEED_PAGE = `sh scripts/join-authorization-create.sh [RPC] join_authority.json 11111111111111111111111111111111

psyche-solana-client create-run \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --join-authority [JOIN_AUTHORITY_PUBKEY] \\
    --treasurer-collateral-mint [COLLATERAL_MINT_PUBKEY] \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]

psyche-solana-client set-paused \\
    --rpc [RPC] \\
    --run-id [RUN_ID] \\
    --resume \\
    --wallet-private-key-path [JSON_PRIVATE_KEY_PATH]`;

async function paste(page: Page, text: string): Promise<void> {
  await place(page, 'Paste a command');
  await page.getByLabel('Commands to read').fill(text);
}

async function openFilled(page: Page, text: string): Promise<void> {
  await paste(page, text);
  await page.getByRole('button', { name: 'Open the filled form' }).click();
}

/** Sheets of the way from a command line to its form. */
export const PASTE_SHEETS: readonly Sheet[] = [
  {
    name: 'paste-together',
    go: (page) =>
      paste(
        page,
        ['user 1', 'user 2', 'user 3']
          .map((user) => `run-manager join-authorization-create -w join.json --authorizer ${addressOf(user)}`)
          .join('\n'),
      ),
    until: 'One form does them together',
  },
  {
    name: 'paste-dump-user',
    async go(page) {
      await paste(page, `run-manager json-dump-user --run-id atlas-1b-run-07 --address ${DEMO}`);
      await page.getByRole('button', { name: 'Open the dump' }).click();
    },
    until: 'treasurer_participant',
  },
  {
    name: 'paste-empty',
    go: (page) => place(page, 'Paste a command'),
    until: 'What the command line does',
    wide: true,
  },
  {
    name: 'paste-understood',
    go: (page) =>
      paste(
        page,
        'RUN_ID=atlas-1b-run-07 cargo run --release --bin psyche-solana-client -- set-future-epoch-rates --rpc "https://rpc.example.org/v2/abc" --earning-rate 12500000000 --slashing-rate 0 --priority-fee 5000 -w ~/keys/owner.json',
      ),
    until: 'choose one in the form',
    tall: true,
  },
  { name: 'paste-page', go: (page) => paste(page, SEED_PAGE), until: 'Choose the run first', tall: true, wide: true },
  {
    name: 'paste-secret',
    go: (page) => paste(page, `RAW_WALLET_PRIVATE_KEY='${KEYFILE}' run-manager close-run --run-id nightly-paused`),
    until: 'was dropped',
  },
  {
    name: 'paste-not-read',
    go: (page) => paste(page, 'solana-keygen new -o join_authority.json\nrun-manager download-results -r atlas'),
    until: 'no act on chain',
  },
  {
    name: 'paste-refused',
    go: (page) => paste(page, 'psyche '.repeat(10_000)),
    until: 'longer than',
  },
  {
    name: 'paste-two-meanings-rates',
    go: (page) =>
      openFilled(
        page,
        'psyche-solana-client set-future-epoch-rates --run-id atlas-1b-run-07 --earning-rate 12500000 --slashing-rate 500000',
      ),
    until: 'Choose what the pasted rate means',
    tall: true,
  },
  {
    name: 'paste-two-meanings-chosen',
    async go(page) {
      await openFilled(
        page,
        'psyche-solana-client treasurer-top-up-rewards --run-id nightly-paused --collateral-amount 5000000',
      );
      await page.getByRole('radio', { name: /^5 tokens/ }).check();
    },
    until: "Funder's tokens",
    tall: true,
  },
  {
    name: 'paste-create-run',
    go: (page) => openFilled(page, 'run-manager create-run --run-id atlas-9 --client-version v2 --rpc "$RPC"'),
    until: 'Filled in from the pasted command',
  },
  {
    name: 'paste-palette',
    async go(page) {
      await page.getByRole('button', { name: 'Create run' }).waitFor();
      await page.keyboard.press('Control+K');
      await page.getByLabel('Search screens, runs, networks').fill('run-manager set-paused --run-id atlas-7 --resume');
    },
    until: 'Read this command',
  },
];
