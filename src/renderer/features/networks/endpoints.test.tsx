// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { NetworkProfile } from '#core/networks/profile.ts';
import type { AppClient } from '#renderer/lib/client.tsx';
import { openScreen } from '#test/builders/open-screen.tsx';
import { NetworksScreen } from './networks-screen.tsx';

afterEach(cleanup);

const REAL = { network: 'mainnet', door: 'network' } as const;
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const rows = async () =>
  within(await screen.findByRole('table', { name: 'Endpoints' }))
    .getAllByRole('row')
    .slice(1);
const textsOf = async () => (await rows()).map(({ textContent }) => textContent);

describe('the endpoints of the network in use', () => {
  test('are listed with state, length and age of the last answer, and which one is read from', async () => {
    openScreen(<NetworksScreen />, { ...REAL, endpoints: 'two' });
    const [first, second] = await textsOf();
    expect(first).toMatch(/rpc\.example\.org.*answers.*read from.*84 ms(now|\d+ s ago)/);
    expect(second).toMatch(/provider-with-a-long-name.*answers.*1\u202F212 ms/);
    expect(second).not.toContain('read from');
  });

  test.each([
    ['failing', /failing.*did not answer within 15 seconds/],
    ['limited', /wants a pause of 2\d s/],
    ['behind', /1\u202F204 slots behind/],
  ] as const)('that are %s say so, while the next one is read from', async (endpoints, words) => {
    openScreen(<NetworksScreen />, { ...REAL, endpoints });
    const [first, second, third] = await textsOf();
    expect(first).toMatch(words);
    expect(first).not.toContain('read from');
    expect(second).toContain('read from');
    if (endpoints === 'behind') expect(third).toMatch(/being asked.*none yet/);
  });

  test('that serve another cluster are said loudly, with what they serve', async () => {
    openScreen(<NetworksScreen />, { ...REAL, endpoints: 'other-cluster' });
    const alert = await screen.findByText(/provider-with-a-long-name\S* is on another cluster/);
    expect(alert.closest('[role="alert"]')?.textContent).toContain('Nothing is read from it or sent to it');
    const [, second] = await textsOf();
    expect(second).toMatch(/not used.*It serves another cluster/);
  });

  test('take no room when there is one', async () => {
    openScreen(<NetworksScreen />, REAL);
    await screen.findByText('Genesis hash');
    expect(screen.queryByRole('table', { name: 'Endpoints' })).toBeNull();
  });
});

/** The screen, and the profiles that were saved and tested. */
async function openForm(button: string) {
  const saved: NetworkProfile[] = [];
  const tested: NetworkProfile[] = [];
  const change = (client: AppClient): AppClient => ({
    ...client,
    networks: {
      ...client.networks,
      save(profile) {
        saved.push(profile);
        return client.networks.save(profile);
      },
      test(profile) {
        tested.push(profile);
        return client.networks.test(profile);
      },
    },
  });
  openScreen(<NetworksScreen />, { ...REAL, change });
  fireEvent.click(await screen.findByRole('button', { name: button }));
  return { saved, tested };
}

describe('the further endpoints of a profile', () => {
  test('are added, put first and removed; what is empty is left out', async () => {
    const { saved } = await openForm('Edit Mainnet');
    for (const [index, url] of ['https://b.example.org', 'https://c.example.org'].entries()) {
      press('Add another endpoint');
      type(`Endpoint ${index + 2}`, url);
    }
    press('Add another endpoint');
    press('Make first: endpoint 3');
    expect(field('RPC URL').value).toBe('https://c.example.org');
    expect(field('Endpoint 2').value).toBe('https://rpc.example.org');
    press('Remove endpoint 2');
    press('Save network');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]).toMatchObject({ rpcUrl: 'https://c.example.org', moreRpcUrls: ['https://b.example.org'] });
    expect(await screen.findByRole('listitem', { name: 'Network Mainnet' })).toHaveProperty(
      'textContent',
      expect.stringContaining('https://b.example.org'),
    );
  });

  test('leave no trace in a profile without any', async () => {
    const { saved } = await openForm('Edit Mainnet');
    press('Add another endpoint');
    press('Save network');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]).not.toHaveProperty('moreRpcUrls');
  });

  test('are checked by the rules of the first, and keep the network from being saved', async () => {
    const { saved } = await openForm('Edit Mainnet');
    press('Add another endpoint');
    for (const [url, reason] of [
      ['http://example.org', 'would not be encrypted'],
      ['nonsense', 'not a URL of a Solana endpoint'],
      ['https://rpc.example.org', 'in the list already'],
    ] as const) {
      type('Endpoint 2', url);
      screen.getByText(new RegExp(reason));
      press('Save network');
    }
    expect(saved).toEqual([]);
    type('Endpoint 2', 'http://10.0.0.7:8899');
    fireEvent.click(field('Accept an unencrypted connection'));
    press('Save network');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]).toMatchObject({ allowUnencrypted: true, moreRpcUrls: ['http://10.0.0.7:8899'] });
  });

  test('are at most four', async () => {
    await openForm('Edit Mainnet');
    for (let count = 0; count < 6; count += 1) press('Add another endpoint');
    expect(screen.queryByLabelText('Endpoint 6')).toBeNull();
    screen.getByText('A network has at most 5 endpoints');
  });

  test('are each tested by themselves; one of another cluster is called out', async () => {
    const { tested } = await openForm('Edit Mainnet');
    for (const [index, url] of ['https://b.example.org', 'https://c.example.org'].entries()) {
      press('Add another endpoint');
      type(`Endpoint ${index + 2}`, url);
    }
    press('Test');
    const report = await screen.findByRole('status', { name: 'Test report' });
    expect(tested[0]?.moreRpcUrls).toEqual(['https://b.example.org', 'https://c.example.org']);
    for (const words of ['RPC, endpoint 1', 'RPC, endpoint 2', 'RPC, endpoint 3', 'WebSocket']) {
      within(report).getByText(words);
    }
    within(report).getByText(/another cluster/);
  });
});

describe('the fees of the practice network', () => {
  test('are all that can be changed of it', async () => {
    const { saved } = await openForm('Fees on Practice');
    expect(screen.queryByLabelText('RPC URL')).toBeNull();
    type('Cap per transaction, SOL', '9');
    press('Save fees');
    expect(saved).toEqual([]);
    type('Cap per transaction, SOL', '0.002');
    press('Save fees');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]).toMatchObject({
      id: 'practice',
      kind: 'practice',
      fees: { kind: 'auto', capLamports: 2_000_000 },
    });
    await screen.findByRole('button', { name: 'Fees on Practice' });
  });
});
