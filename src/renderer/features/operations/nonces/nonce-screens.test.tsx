// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import { addressOf, DEMO, OWNER } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { ChangeNonceScreen } from './change-nonce-screen.tsx';
import { CreateNonceAccountsScreen } from './create-nonce-accounts-screen.tsx';
import { NonceAccountsScreen } from './nonce-accounts-screen.tsx';

afterEach(cleanup);

const first = nonceAddress(DEMO, 1);
const reserved = nonceAddress(DEMO, 2);

describe('the list of nonce accounts', () => {
  test('tells the states apart and offers only what the keys at hand can do', async () => {
    const { went } = openScreen(<NonceAccountsScreen />);
    const row = async (name: RegExp) => within(await screen.findByRole('row', { name }));
    expect((await row(/^nonce-1, free/)).getByRole('button', { name: 'Advance nonce-1' })).toBeDefined();
    expect((await row(/^nonce-2, reserved/)).getByText(/^by “Send 1\.5 SOL/)).toBeDefined();
    expect((await row(/^nonce-3, spent/)).getByText(/^under “Send 0\.000003 SOL/)).toBeDefined();
    expect((await row(/^nonce-5, legacy/)).getByRole('button', { name: 'Close nonce-5' })).toBeDefined();
    expect((await row(/^nonce-6, not initialised/)).queryByRole('button', { name: /^Advance/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Close nonce-1' }));
    expect(went).toEqual([{ kind: 'change-nonce', nonceAccount: first, act: 'close' }]);
  });

  test('lists an address that is written down, and strikes it off again', async () => {
    openScreen(<NonceAccountsScreen />);
    const address = addressOf('another nonce');
    const field = await screen.findByLabelText('Nonce account that is not listed');
    fireEvent.change(field, { target: { value: 'not an address' } });
    expect(screen.getByText('This is no address')).toBeDefined();
    fireEvent.change(field, { target: { value: address } });
    fireEvent.click(screen.getByRole('button', { name: 'Add it to the list' }));
    const name = `${address.slice(0, 4)}…${address.slice(-5)}`;
    const added = await screen.findByRole('row', { name: `${name}, missing` });
    fireEvent.click(within(added).getByRole('button', { name: `Strike off ${name}` }));
    await waitFor(() => expect(screen.queryByRole('row', { name: `${name}, missing` })).toBeNull());
  });

  test('says when the node does not search, so that nobody takes the list for all there is', async () => {
    openScreen(<NonceAccountsScreen />, {
      change: (client) => ({
        ...client,
        nonces: {
          ...client.nonces,
          list: async (question) => ({ ...(await client.nonces.list(question)), isComplete: false }),
        },
      }),
    });
    expect(await screen.findByText('This node does not search by authority')).toBeDefined();
  });
});

test('new ones begin after the highest number of the chosen key', async () => {
  const { asked } = openScreen(<CreateNonceAccountsScreen />);
  const count = await screen.findByLabelText('Nonce accounts');
  fireEvent.change(count, { target: { value: '3' } });
  await waitFor(() =>
    expect(asked.at(-1)).toEqual({ kind: 'create-nonce-accounts', base: DEMO, authority: DEMO, first: 7, count: 3 }),
  );
});

describe('changing a nonce account', () => {
  test('warns that a pending transaction dies by it, and takes the key that holds it', async () => {
    const { asked, went } = openScreen(<ChangeNonceScreen nonceAccount={reserved} act="advance" />);
    expect(await screen.findByText(/is pending and needs this account as it is$/)).toBeDefined();
    await waitFor(() =>
      expect(asked.at(-1)).toEqual({ kind: 'advance-nonce', nonceAccount: reserved, authority: DEMO }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Look at it' }));
    expect(went).toEqual([{ kind: 'transaction', id: 'reserved' }]);
  });

  test('takes an amount in SOL and sends lamports', async () => {
    const { asked } = openScreen(<ChangeNonceScreen nonceAccount={nonceAddress(DEMO, 4)} act="withdraw" />);
    fireEvent.change(await screen.findByLabelText('Amount'), { target: { value: '0.0000005' } });
    const withdrawal = { kind: 'withdraw-nonce', authority: OWNER, to: DEMO, lamports: 500n };
    await waitFor(() => expect(asked.at(-1)).toMatchObject(withdrawal));
    fireEvent.click(screen.getByLabelText('Fund'));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ kind: 'fund-nonce', lamports: 500n }));
  });

  test('hands over only to what is an address, and says whom only it obeys then', async () => {
    const { asked } = openScreen(<ChangeNonceScreen nonceAccount={first} act="authorize" />);
    fireEvent.change(await screen.findByLabelText('New nonce authority'), { target: { value: 'x' } });
    expect(asked).toEqual([]);
    fireEvent.change(screen.getByLabelText('New nonce authority'), { target: { value: OWNER } });
    expect(await screen.findByText(new RegExp(`^From then on only ${OWNER}`))).toBeDefined();
  });
});
