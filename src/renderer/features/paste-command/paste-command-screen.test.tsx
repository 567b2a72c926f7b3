// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { OperationInput } from '#core/operations/request.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider, useNavigation } from '#renderer/lib/navigation.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { addressOf } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { CreateRunScreen } from '../operations/create-run/create-run-screen.tsx';
import { SetRatesScreen } from '../operations/rewards/set-rates-screen.tsx';
import { TopUpScreen } from '../operations/rewards/top-up-screen.tsx';
import { PasteCommandScreen } from './paste-command-screen.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };
const KEY = JSON.stringify(Array.from({ length: 64 }, (_, index) => (index * 37) % 256));

afterEach(cleanup);

/** The screen, and where its buttons lead. */
function openPaste() {
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS, endsAfterMs: 10 })));
  const begun: OperationInput[] = [];
  const saved: string[] = [];
  const watched: AppClient = {
    ...client,
    config: {
      ...client.config,
      saveDraft(input) {
        saved.push(input.text);
        return client.config.saveDraft(input);
      },
    },
    operations: {
      ...client.operations,
      begin(request) {
        begun.push(request.operation);
        return client.operations.begin(request);
      },
    },
  };
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <ClientProvider client={watched}>
          <NavigationProvider start={{ kind: 'paste-command' }}>
            <Here />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { begun, saved };
}

function Here() {
  const { screen: here, back } = useNavigation();
  switch (here.kind) {
    case 'paste-command':
      return <PasteCommandScreen text={here.text} />;
    case 'set-rates':
      return <SetRatesScreen runId={here.runId} filled={here.filled} />;
    case 'top-up':
      return <TopUpScreen runId={here.runId} filled={here.filled} />;
    case 'create-run':
      return (
        <>
          <button type="button" onClick={back}>
            leave
          </button>
          <CreateRunScreen filled={here.filled} />
        </>
      );
    default:
      return <p>{JSON.stringify(here)}</p>;
  }
}

const field = () => screen.getByLabelText<HTMLTextAreaElement>('Commands to read');
const paste = (text: string) => fireEvent.change(field(), { target: { value: text } });
const open = (name = 'Open the filled form') => fireEvent.click(screen.getByRole('button', { name }));
const review = () => screen.getByRole('button', { name: 'Review and sign' });

describe('pasting a command', () => {
  test('shows what was understood and what was not', () => {
    openPaste();
    paste('run-manager set-paused --run-id atlas --fee 5 --resume');
    const card = within(screen.getByRole('region', { name: 'Start or resume a run' }));
    expect(card.getByText('atlas')).toBeDefined();
    expect(card.getByText('--fee is not known here and is left out')).toBeDefined();
    open();
    expect(screen.getByText(/"kind":"set-paused","runId":"atlas","paused":false/)).toBeDefined();
  });

  test('asks for the run when the text names none, once for all commands', async () => {
    openPaste();
    paste('psyche-solana-client json-info-dump --rpc [RPC] --run-id [RUN_ID]\nrun-manager close-run --run-id [RUN_ID]');
    open();
    expect(screen.getAllByText('Choose the run first')).toHaveLength(2);
    fireEvent.change(screen.getByLabelText(/^Run$/, { selector: 'input' }), { target: { value: 'nightly-paused' } });
    open();
    expect(await screen.findByText(/"kind":"close-run","runId":"nightly-paused"/)).toBeDefined();
  });

  test('never shows a key, not even in the field it was pasted into', () => {
    openPaste();
    paste(`RAW_WALLET_PRIVATE_KEY='${KEY}' run-manager close-run --run-id atlas`);
    expect(screen.getByText('A secret was in the text and was dropped')).toBeDefined();
    expect(field().value).toBe('RAW_WALLET_PRIVATE_KEY=[dropped] run-manager close-run --run-id atlas');
    expect(document.body.innerHTML).not.toContain('37,74');
    expect(screen.getByRole('region', { name: 'Close a run' })).toBeDefined();
  });

  test('keeps warning of a dropped key while the text is edited, until it is cleared', () => {
    openPaste();
    paste(KEY);
    paste('run-manager list-runs');
    expect(screen.getByText('A secret was in the text and was dropped')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.queryByText('A secret was in the text and was dropped')).toBeNull();
  });

  test('refuses a text that is too long in words', () => {
    openPaste();
    paste('x '.repeat(40_000));
    expect(screen.getByText('The pasted text is longer than 65536 bytes')).toBeDefined();
  });
});

describe('several pasted lines', () => {
  const line = (user: number) =>
    `run-manager join-authorization-create --wallet-private-key-path join.json --authorizer ${addressOf(`user ${user}`)}`;

  test('that each let one user in are also offered as one form', () => {
    openPaste();
    paste([1, 2, 3].map(line).join('\n'));
    expect(screen.getAllByRole('region', { name: 'Let one user join' })).toHaveLength(3);
    open('Open the filled form for all');
    const users = JSON.stringify([1, 2, 3].map((user) => addressOf(`user ${user}`)));
    expect(screen.getByText(new RegExp(`"kind":"allow-many","users":\\${users}`))).toBeDefined();
  });

  test('with one user are offered as they are', () => {
    openPaste();
    paste(line(1));
    expect(screen.queryByRole('button', { name: 'Open the filled form for all' })).toBeNull();
  });
});

test('a pasted dump opens the run with its dump', () => {
  openPaste();
  paste(`run-manager json-dump-user --run-id nightly-paused --address ${addressOf('user 1')}`);
  open('Open the dump');
  expect(screen.getByText(/"kind":"run","runId":"nightly-paused","filled":\{"kind":"dump-user"/)).toBeDefined();
});

describe('a pasted amount with two meanings', () => {
  test('keeps a top-up from review until one is chosen, and none is chosen beforehand', async () => {
    const { begun } = openPaste();
    paste('psyche-solana-client treasurer-top-up-rewards --run-id nightly-paused --collateral-amount 5000000');
    open();
    const native = await screen.findByRole<HTMLInputElement>('radio', {
      name: /^5 tokens \(5.000.000 native units\)$/,
    });
    const tokens = screen.getByRole<HTMLInputElement>('radio', {
      name: /^5.000.000 tokens \(5.000.000.000.000 native units\)$/,
    });
    expect([native.checked, tokens.checked]).toEqual([false, false]);
    expect(screen.getAllByText('Choose what the pasted amount means').length).toBeGreaterThan(0);
    fireEvent.click(review());
    expect(begun).toEqual([]);
    fireEvent.click(native);
    expect(native.checked).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>('Amount').value).toBe('5');
    fireEvent.click(review());
    await waitFor(() => expect(begun).toMatchObject([{ kind: 'top-up', amount: 5_000_000n }]));
  });

  test('of both rates asks for both', async () => {
    const { begun } = openPaste();
    paste(
      'psyche-solana-client set-future-epoch-rates --run-id nightly-paused --earning-rate 3000000 --slashing-rate 2000000',
    );
    open();
    const [perClient] = await screen.findAllByRole('radio', { name: /^3 tokens .* for each client: / });
    const penalty = screen.getByRole('radio', { name: /^2.000.000 tokens .* for each client$/ });
    fireEvent.click(penalty);
    fireEvent.click(review());
    expect(begun).toEqual([]);
    expect(screen.getAllByText('Choose what the pasted rate means').length).toBeGreaterThan(0);
    if (perClient) fireEvent.click(perClient);
    expect(screen.getByLabelText<HTMLInputElement>('Penalty per client').value).toBe('2000000');
    // Three tokens for each client, in a field that all clients share.
    const shared = screen.getByLabelText<HTMLInputElement>('Reward per epoch, shared').value;
    expect(Number(shared) % 3).toBe(0);
    fireEvent.click(review());
    await waitFor(() => expect(begun).toMatchObject([{ kind: 'set-rates', slashing: 2_000_000_000_000n }]));
  });

  test('of today’s command is in the form at once', async () => {
    openPaste();
    paste('run-manager treasurer-top-up-rewards --run-id nightly-paused --collateral-amount 12.5');
    open();
    expect((await screen.findByLabelText<HTMLInputElement>('Amount')).value).toBe('12.5');
    expect(screen.queryByRole('radio')).toBeNull();
  });
});

describe('a pasted run', () => {
  test('fills the guided form, and coming back finds what was typed since', async () => {
    const { saved } = openPaste();
    paste('run-manager create-run --run-id atlas-9 --client-version v2');
    open();
    await screen.findByText('Filled in from the pasted command');
    fireEvent.click(screen.getByRole('button', { name: /Identity$/ }));
    const runId = await screen.findByLabelText<HTMLInputElement>(/^Run id/);
    expect(runId.value).toBe('atlas-9');
    expect(screen.getByLabelText<HTMLInputElement>(/^Client version/).value).toBe('v2');
    fireEvent.change(runId, { target: { value: 'atlas-10' } });
    // The draft is written once typing rests.
    await waitFor(() => expect(saved.at(-1)).toContain('atlas-10'));
    fireEvent.click(screen.getByRole('button', { name: 'leave' }));
    await screen.findByLabelText('Commands to read');
    await act(async () => new Promise((done) => setTimeout(done)));
    fireEvent.keyDown(window, { key: 'ArrowRight', altKey: true });
    expect((await screen.findByLabelText<HTMLInputElement>(/^Run id/)).value).toBe('atlas-10');
  });
});
