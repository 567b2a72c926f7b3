// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { addressOf, DEMO } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { DEMO_MINT } from '../../../../e2e/harness/fake-main/sample-treasury.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { PracticeTokens } from './practice-tokens.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };

afterEach(cleanup);

/** The practice tokens over a faked main, with what was asked of it. */
function openTokens(practice: Partial<AppClient['practice']> = {}) {
  const asked: unknown[] = [];
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS })));
  const watched: AppClient = {
    ...client,
    practice: {
      ...client.practice,
      createMint(input) {
        asked.push(input);
        return client.practice.createMint(input);
      },
      giveTokens(input) {
        asked.push(input);
        return client.practice.giveTokens(input);
      },
      ...practice,
    },
  };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClientProvider client={watched}>
          <PracticeTokens demoMint={DEMO_MINT} />
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { asked };
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const isBlocked = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name }).disabled;

describe('making a mint', () => {
  test('asks for the decimals typed, shows the mint and fills it in for the faucet', async () => {
    const { asked } = openTokens();
    type('Decimals of a new mint', '2');
    press('Make a mint');
    await screen.findByText('A mint with 2 decimals was made');
    expect(asked).toEqual([{ decimals: 2 }]);
    expect(field('Mint').value).toBe(addressOf('mint with 2 decimals'));
  });

  test('is not offered for what no mint can have', () => {
    const { asked } = openTokens();
    for (const text of ['', '20', '-1', '1.5', '1e1', 'six']) {
      type('Decimals of a new mint', text);
      expect(isBlocked('Make a mint')).toBe(true);
      expect(screen.getByText('A whole number from 0 to 19')).toBeTruthy();
    }
    expect(asked).toEqual([]);
  });

  test('says why it failed and leaves the mint of the faucet as it was', async () => {
    openTokens({ createMint: () => Promise.reject(new AppError('practice/not-running', {})) });
    press('Make a mint');
    await screen.findByText('The mint was not made');
    expect(screen.getByText(/not running/)).toBeTruthy();
    expect(field('Mint').value).toBe(DEMO_MINT);
  });
});

describe('getting tokens', () => {
  test('asks for exact native units of the demo mint, for the first own wallet', async () => {
    const { asked } = openTokens();
    await waitFor(() => expect(field('For').value).not.toBe(''));
    type('For', DEMO);
    type('Amount', '12.000001');
    await waitFor(() => expect(isBlocked('Get tokens')).toBe(false));
    press('Get tokens');
    await screen.findByText('12.000001 tokens were given');
    expect(asked).toEqual([{ mint: DEMO_MINT, address: DEMO, amount: 12_000_001n }]);
  });

  test('waits for a mint, a wallet and an amount that exist, and says for which', async () => {
    const { asked } = openTokens();
    type('Mint', '');
    expect(screen.getByText('Which mint?')).toBeTruthy();
    type('Mint', 'nonsense');
    expect(screen.getByText('The mint is not an address')).toBeTruthy();
    type('Mint', DEMO_MINT);
    type('For', '5');
    await screen.findByText('The wallet is not an address');
    type('For', DEMO);
    for (const text of ['', '0', '-1', '1e3', '1,000', '0.0000001', '18446744073709.551616']) {
      type('Amount', text);
      await screen.findByText('How much?');
      expect(isBlocked('Get tokens')).toBe(true);
    }
    expect(asked).toEqual([]);
  });

  test('says that the faucet has no right to mint there', async () => {
    openTokens({ giveTokens: () => Promise.reject(new AppError('practice/foreign-mint', { mint: DEMO_MINT })) });
    await waitFor(() => expect(field('For').value).not.toBe(''));
    type('Amount', '1');
    await waitFor(() => expect(isBlocked('Get tokens')).toBe(false));
    press('Get tokens');
    await screen.findByText('No tokens were given');
    expect(screen.getByText(/cannot give tokens of/)).toBeTruthy();
  });
});
