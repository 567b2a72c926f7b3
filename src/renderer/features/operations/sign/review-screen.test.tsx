// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { contract } from '#ipc/contract.ts';
import { createClient } from '#ipc/client.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider } from '#renderer/lib/navigation.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { DEMO as KEY, COLD, JOIN, WATCHED } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { createFakeMain } from '../../../../../e2e/harness/fake-main/create-fake-main.ts';
import { SAMPLE_PASSPHRASE } from '../../../../../e2e/harness/fake-main/sample-signers.ts';
import { type Scenario, scenarioOf } from '../../../../../e2e/harness/fake-main/scenario.ts';
import { SignPlan } from './sign-plan.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };
const REQUEST: OperationRequest = {
  operation: { kind: 'set-paused', runId: 'atlas-1b-run-07', paused: true },
  signers: { payer: KEY, authority: KEY, joinAuthority: KEY },
};

afterEach(cleanup);

function openPlan(
  parts: Partial<Scenario>,
  change: (client: AppClient) => AppClient = (client) => client,
  request = REQUEST,
) {
  const client = change(
    createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS, endsAfterMs: 10, ...parts }))),
  );
  const ended = { done: false, left: false };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClientProvider client={client}>
          <NavigationProvider start={{ kind: 'runs' }}>
            <SignPlan request={request} onDone={() => (ended.done = true)} onLeave={() => (ended.left = true)} />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return ended;
}

const signButton = () => screen.findByRole('button', { name: 'Sign and send' });
const isBlocked = (button: HTMLElement) => button.getAttribute('aria-disabled') === 'true';

describe('the review of a transaction', () => {
  test('signs nothing for a click that comes right after it appeared', async () => {
    let approvals = 0;
    openPlan({}, (client) => ({
      ...client,
      operations: {
        ...client.operations,
        approve(input) {
          approvals += 1;
          return client.operations.approve(input);
        },
      },
    }));
    const button = await signButton();
    expect(isBlocked(button)).toBe(true);
    fireEvent.click(button);
    expect(approvals).toBe(0);
    await waitFor(() => expect(isBlocked(button)).toBe(false));
    fireEvent.click(button);
    await waitFor(() => expect(approvals).toBe(1));
  });

  test('cannot be left as unsigned while it is being signed, and says so', async () => {
    const ended = openPlan({}, (client) => ({
      ...client,
      operations: { ...client.operations, approve: () => new Promise(() => undefined) },
    }));
    const button = await signButton();
    await waitFor(() => expect(isBlocked(button)).toBe(false));
    fireEvent.click(button);
    const back = screen.getByRole('button', { name: 'Back without signing' });
    await waitFor(() => expect(isBlocked(back)).toBe(true));
    fireEvent.click(back);
    expect(ended.left).toBe(false);
    expect(screen.getByText(/^It is being signed/)).toBeDefined();
  });

  test('goes on to the end of the plan once its transactions are confirmed', async () => {
    const ended = openPlan({});
    const button = await signButton();
    await waitFor(() => expect(isBlocked(button)).toBe(false));
    fireEvent.click(button);
    await waitFor(() => expect(ended.done).toBe(true));
  });

  test('waits for the typed phrase, exactly, when one is asked for', async () => {
    openPlan({ asksPhrase: true, network: 'mainnet' });
    const button = await signButton();
    const field = await screen.findByLabelText(/to sign this$/);
    await waitFor(() => expect(screen.queryByText(/the button wakes/)).toBeNull());
    fireEvent.change(field, { target: { value: 'Sign on mainnet' } });
    expect(isBlocked(button)).toBe(true);
    fireEvent.change(field, { target: { value: 'sign on mainnet' } });
    await waitFor(() => expect(isBlocked(button)).toBe(false));
  });

  test('keeps what was typed and says what to do when the approval is refused', async () => {
    openPlan({ asksPhrase: true, network: 'mainnet' }, (client) => ({
      ...client,
      operations: {
        ...client.operations,
        approve: () => Promise.reject(new AppError('approval/expired', { seconds: 120 })),
      },
    }));
    const button = await signButton();
    const field = await screen.findByLabelText(/to sign this$/);
    fireEvent.change(field, { target: { value: 'sign on mainnet' } });
    await waitFor(() => expect(isBlocked(button)).toBe(false));
    fireEvent.click(button);
    expect(await screen.findByRole('button', { name: 'Make a new review' })).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>(/to sign this$/).value).toBe('sign on mainnet');
  });

  test('asks for the passphrase of an encrypted keyfile, keeps what was typed when it is wrong, and signs with the right one', async () => {
    const given: string[][] = [];
    const ended = openPlan(
      {},
      (client) => ({
        ...client,
        operations: {
          ...client.operations,
          approve(input) {
            given.push((input.passphrases ?? []).map(({ passphrase }) => new TextDecoder().decode(passphrase)));
            return client.operations.approve(input);
          },
        },
      }),
      { ...REQUEST, signers: { payer: KEY, authority: COLD, joinAuthority: KEY } },
    );
    const button = await signButton();
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase of Cold key');
    const phrase = screen.queryByLabelText<HTMLInputElement>(/to sign this$/);
    if (phrase)
      fireEvent.change(phrase, { target: { value: /“(.*)”/.exec(phrase.labels?.[0]?.textContent ?? '')?.[1] } });
    await screen.findByText('Type the passphrase of Cold key');
    fireEvent.change(field, { target: { value: 'mistyped' } });
    await waitFor(() => expect(isBlocked(button)).toBe(false));
    fireEvent.click(button);
    await screen.findByText(/does not open cold-key\.age/);
    expect(field.value).toBe('mistyped');
    expect(ended.done).toBe(false);
    fireEvent.change(field, { target: { value: SAMPLE_PASSPHRASE } });
    fireEvent.click(button);
    await waitFor(() => expect(ended.done).toBe(true));
    expect(given).toEqual([['mistyped'], [SAMPLE_PASSPHRASE]]);
  });

  test('splits the fee into signatures and priority, and says where its price comes from', async () => {
    openPlan({ network: 'mainnet' });
    await signButton();
    const fee = screen.getByText('Network fee').parentElement;
    // 5,000 lamports and ⌈42,000 × 58,033 ÷ 10⁶⌉ = 2,438.
    expect(fee?.textContent).toMatch(/0\.000007438 SOL/);
    expect(fee?.textContent).toMatch(/0\.000005 SOL for 1 signature \+ 0\.000002438 SOL priority/);
    expect(fee?.textContent).toMatch(/42.000 micro-lamports × 58.033 compute units/);
    expect(fee?.textContent).toMatch(/75 % of 150 recent slots/);
  });

  test('shows the fee, the whole payer and the hash it will be approved by', async () => {
    openPlan({});
    await signButton();
    expect(screen.getByRole('img', { name: /^Message hash / })).toBeDefined();
    expect(screen.getAllByRole('button', { name: new RegExp(`copy address ${KEY}`) }).length).toBeGreaterThan(0);
    expect(screen.getByRole('list', { name: 'Required signatures' }).textContent).toMatch(/main authority/i);
  });

  test('with a signature left for later asks no passphrase for it, and says what the button keeps', async () => {
    const given: unknown[] = [];
    openPlan(
      {},
      (client) => ({
        ...client,
        operations: {
          ...client.operations,
          approve({ absent, passphrases }) {
            given.push({ absent, passphrases });
            return new Promise(() => undefined);
          },
        },
      }),
      { ...REQUEST, signers: { payer: COLD, authority: KEY, joinAuthority: KEY } },
    );
    await screen.findByLabelText('Passphrase of Cold key');
    expect(screen.queryByText('Half a minute is hardly enough for signatures that come later')).toBeNull();
    fireEvent.click(screen.getByLabelText('Leave Cold key for later'));
    const keep = await screen.findByRole('button', { name: 'Sign 1 of 2 and keep for the others' });
    expect(screen.queryByLabelText('Passphrase of Cold key')).toBeNull();
    expect(screen.getByText('Half a minute is hardly enough for signatures that come later')).toBeDefined();
    typePhrase();
    await waitFor(() => expect(isBlocked(keep)).toBe(false));
    fireEvent.click(keep);
    await waitFor(() => expect(given).toEqual([{ absent: [COLD], passphrases: undefined }]));
  });

  test('with a signer who is not here is kept, waits, and is signed on where the key is', async () => {
    const ended = openPlan({}, undefined, {
      ...REQUEST,
      signers: { payer: WATCHED, authority: KEY, joinAuthority: KEY },
    });
    const keep = await screen.findByRole('button', { name: 'Sign 1 of 2 and keep for the others' });
    expect(screen.getByText(/Somebody else signs/)).toBeDefined();
    typePhrase();
    await waitFor(() => expect(isBlocked(keep)).toBe(false));
    fireEvent.click(keep);
    expect(await screen.findByText('Waits for 1 signature', { selector: 'h2' })).toBeDefined();
    expect(screen.getByText('1 of 2 are there')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Sign the rest here' })).toBeNull();
    expect(ended.done).toBe(false);
  });

  test('left for later is signed on in its place, and the plan goes on', async () => {
    const ended = openPlan({}, undefined, {
      ...REQUEST,
      signers: { payer: JOIN, authority: KEY, joinAuthority: KEY },
    });
    fireEvent.click(await screen.findByLabelText('Leave Join authority for later'));
    typePhrase();
    const keep = await screen.findByRole('button', { name: 'Sign 1 of 2 and keep for the others' });
    await waitFor(() => expect(isBlocked(keep)).toBe(false));
    fireEvent.click(keep);
    fireEvent.click(await screen.findByRole('button', { name: 'Sign the rest here' }));
    const button = await signButton();
    expect(screen.getByText('signed already')).toBeDefined();
    typePhrase();
    await waitFor(() => expect(isBlocked(button)).toBe(false));
    fireEvent.click(button);
    await waitFor(() => expect(ended.done).toBe(true));
  });
});

/** What a sample run's failing checks may ask for. */
function typePhrase(): void {
  const phrase = screen.queryByLabelText<HTMLInputElement>(/to sign this$/);
  if (phrase)
    fireEvent.change(phrase, { target: { value: /“(.*)”/.exec(phrase.labels?.[0]?.textContent ?? '')?.[1] } });
}
