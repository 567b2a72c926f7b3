import type { Page } from 'playwright';
import type { Sheet } from './sheet.ts';
import { place } from './steps.ts';

const networks = (page: Page) => place(page, 'Networks');

async function editWith(page: Page, ...urls: string[]): Promise<void> {
  await networks(page);
  await page.getByRole('button', { name: 'Edit Mainnet' }).click();
  for (const [index, url] of urls.entries()) {
    await page.getByRole('button', { name: 'Add another endpoint' }).click();
    await page.getByLabel(`Endpoint ${index + 2}`, { exact: true }).fill(url);
  }
}

const SPARE = 'https://solana.provider-with-a-long-name.example.net:8899/k3y';
const mainnet = (endpoints: NonNullable<Sheet['world']>['endpoints'] & string) =>
  ({ network: 'mainnet', door: 'network', endpoints }) as const;

/** Sheets of networks with several endpoints, and of the practice network's fees. */
export const NETWORK_SHEETS: readonly Sheet[] = [
  { name: 'networks-endpoints-two', world: mainnet('two'), go: networks, until: 'Last answer', wide: true },
  { name: 'networks-endpoints-failing', world: mainnet('failing'), go: networks, until: 'did not answer within' },
  { name: 'networks-endpoints-limited', world: mainnet('limited'), go: networks, until: 'wants a pause' },
  { name: 'networks-endpoints-behind', world: mainnet('behind'), go: networks, until: 'slots behind' },
  {
    name: 'networks-endpoints-other-cluster',
    world: mainnet('other-cluster'),
    go: networks,
    until: 'is on another cluster',
    tall: true,
  },
  {
    name: 'networks-endpoints-edit',
    world: mainnet('one'),
    go: (page) => editWith(page, SPARE, 'http://rpc.example.com'),
    until: 'would not be encrypted',
    tall: true,
  },
  {
    name: 'networks-endpoints-test',
    world: mainnet('one'),
    async go(page) {
      await editWith(page, SPARE, 'https://devnet.example.com');
      await page.getByRole('button', { name: 'Test', exact: true }).click();
    },
    until: 'it would not be used',
    tall: true,
  },
  {
    name: 'networks-practice-fees',
    async go(page) {
      await networks(page);
      await page.getByRole('button', { name: 'Fees on Practice' }).click();
    },
    until: 'Save fees',
  },
];
