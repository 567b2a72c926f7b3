// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { contract } from '#ipc/contract.ts';
import { createClient } from '#ipc/client.ts';
import { AppError } from '#core/errors/app-error.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider } from '#renderer/lib/navigation.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { SAMPLE_PASSPHRASE, SAMPLE_WORDS } from '../../../../e2e/harness/fake-main/sample-signers.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { SignersScreen } from './signers-screen.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

afterEach(cleanup);

function open(change: (signers: AppClient['signers']) => Partial<AppClient['signers']> = () => ({})) {
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS })));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <ClientProvider client={{ ...client, signers: { ...client.signers, ...change(client.signers) } }}>
          <NavigationProvider start={{ kind: 'signers' }}>
            <SignersScreen />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return queries;
}

const button = (name: string) => screen.findByRole('button', { name });
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

async function card(label: string) {
  return within(await screen.findByRole('listitem', { name: `Signer ${label}` }));
}

describe('the signers screen', () => {
  test('tells plain and encrypted keyfiles apart and offers to encrypt only the plain ones', async () => {
    open();
    const [plain, encrypted, demo] = [await card('Join authority'), await card('Cold key'), await card('Demo key')];
    expect(plain.getByText('plain keyfile')).toBeDefined();
    expect(encrypted.getByText('encrypted keyfile')).toBeDefined();
    expect(plain.queryByRole('button', { name: 'Encrypt…' })).not.toBeNull();
    expect(encrypted.queryByRole('button', { name: 'Encrypt…' })).toBeNull();
    expect(demo.queryByRole('button', { name: 'Encrypt…' })).toBeNull();
  });

  test('asks for the passphrase of an encrypted file, and again with what was typed when it is wrong', async () => {
    const asked: string[] = [];
    open(() => ({
      unlockKeyfile({ handle, passphrase }) {
        asked.push(`${handle} ${text(passphrase)}`);
        return Promise.reject(new AppError('keyfile/wrong-passphrase', { fileName: 'cold-storage.age' }));
      },
    }));
    fireEvent.click(await button('Add keyfile'));
    await button('Open and add');
    type('Passphrase', 'mistyped');
    fireEvent.click(await button('Open and add'));
    await screen.findByText(/does not open cold-storage\.age/);
    expect(screen.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('mistyped');
    expect(asked).toEqual(['chosen mistyped']);
  });

  test('encrypts only under a passphrase typed twice and long enough, then says what became of the old file', async () => {
    const given: string[] = [];
    open((signers) => ({
      encryptKeyfile(input) {
        given.push(text(input.passphrase));
        return signers.encryptKeyfile(input);
      },
    }));
    fireEvent.click((await card('Join authority')).getByRole('button', { name: 'Encrypt…' }));
    const encrypt = await button('Choose a place and encrypt');
    for (const [first, again] of [
      ['elf letters', 'elf letters'],
      [SAMPLE_PASSPHRASE, `${SAMPLE_PASSPHRASE}s`],
    ] as const) {
      type('New passphrase', first);
      type('Passphrase again', again);
      fireEvent.click(encrypt);
      expect(given).toEqual([]);
    }
    type('Passphrase again', SAMPLE_PASSPHRASE);
    fireEvent.click(encrypt);
    await screen.findByText(/still holds the key in the open/);
    expect(given).toEqual([SAMPLE_PASSPHRASE]);
  });

  test('shows the words of a new key once and keeps them nowhere', async () => {
    const queries = open();
    fireEvent.click(await button('New key…'));
    type('New passphrase', SAMPLE_PASSPHRASE);
    type('Passphrase again', SAMPLE_PASSPHRASE);
    fireEvent.click(screen.getByLabelText(/twelve words/));
    fireEvent.click(await button('Choose a place and make it'));
    const list = await screen.findByRole('list', { name: 'Twelve words' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(SAMPLE_WORDS.split(' '));
    fireEvent.click(await button('I have written them down'));
    await waitFor(() => expect(screen.queryByText('winner')).toBeNull());
    const kept = [...queries.getQueryCache().getAll(), ...queries.getMutationCache().getAll()];
    expect(
      JSON.stringify(
        kept.map(({ state }) => state),
        (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
      ),
    ).not.toMatch(/winner|four words/);
  });

  test('makes a plain key without asking for a passphrase', async () => {
    const orders: unknown[] = [];
    open((signers) => ({
      createKey(input) {
        orders.push(input);
        return signers.createKey(input);
      },
    }));
    fireEvent.click(await button('New key…'));
    fireEvent.click(screen.getByLabelText(/^Plain, as solana-keygen/));
    fireEvent.click(await button('Choose a place and make it'));
    await waitFor(() => expect(orders).toEqual([{ withWords: false }]));
  });
});
