// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { OperationInput } from '#core/operations/request.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider } from '#renderer/lib/navigation.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { CheckpointScreen } from './checkpoint-screen.tsx';
import { CloseRunScreen } from './close-run-screen.tsx';
import { TickScreen } from './tick-screen.tsx';
import { UpdateConfigurationScreen } from './update-configuration-screen.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };

// A run's account is decoded on the way to each form: on a busy machine that takes a while.

afterEach(cleanup);

/** A screen over a faked main, with every operation that was begun and every ticker that was started. */
function open(children: ReactNode) {
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS })));
  const begun: OperationInput[] = [];
  const ticked: { count: number; intervalMs: number }[] = [];
  const watched: AppClient = {
    ...client,
    operations: {
      ...client.operations,
      begin(request) {
        begun.push(request.operation);
        return client.operations.begin(request);
      },
    },
    ticker: {
      ...client.ticker,
      start(terms) {
        ticked.push({ count: terms.count, intervalMs: terms.intervalMs });
        return client.ticker.start(terms);
      },
    },
  };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClientProvider client={watched}>
          <NavigationProvider start={{ kind: 'runs' }}>{children}</NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { begun, ticked };
}

const reviewButton = () => screen.findByRole('button', { name: 'Review and sign' });

test('what was typed into a form is there again when one comes back', async () => {
  open(<UpdateConfigurationScreen runId="nightly-paused" />);
  fireEvent.change(await screen.findByLabelText('Restart from step'), { target: { value: '1200' } });
  cleanup();
  open(<UpdateConfigurationScreen runId="nightly-paused" />);
  expect((await screen.findByLabelText<HTMLInputElement>('Restart from step')).value).toBe('1200');
});

test('a form starts from a pasted command', async () => {
  const filled = { kind: 'update-configuration', runId: 'nightly-paused', clientVersion: 'v9' } as const;
  const { begun } = open(<UpdateConfigurationScreen runId="nightly-paused" filled={filled} />);
  expect((await screen.findByLabelText<HTMLInputElement>('Client version')).value).toBe('v9');
  fireEvent.click(await reviewButton());
  await waitFor(() =>
    expect(begun).toEqual([{ kind: 'update-configuration', runId: 'nightly-paused', clientVersion: 'v9' }]),
  );
});

test('a run with rewards offers no form to close it, and says why', async () => {
  open(<CloseRunScreen runId="nightly-paused" />);
  expect(await screen.findByText('A run with rewards cannot be closed')).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Review and sign' })).toBeNull();
});

test('a run that runs is to be paused before it is closed', async () => {
  open(<CloseRunScreen runId="practice-run-1" />);
  expect(await screen.findByRole('button', { name: 'Pause it first' })).toBeDefined();
});

test('ticking again and again is approved once, with the terms on screen', async () => {
  const { ticked } = open(<TickScreen runId="practice-run-1" />);
  fireEvent.click(await screen.findByLabelText('Again and again'));
  fireEvent.change(screen.getByLabelText('How many times'), { target: { value: '5' } });
  fireEvent.change(screen.getByLabelText('Milliseconds between two'), { target: { value: '400' } });
  fireEvent.click(await reviewButton());
  const sign = await screen.findByRole('button', { name: 'Sign and tick 5 times' });
  await waitFor(() => expect(sign.getAttribute('aria-disabled')).toBeNull());
  fireEvent.click(sign);
  await waitFor(() => expect(ticked).toEqual([{ count: 5, intervalMs: 400 }]));
  expect(await screen.findByRole('button', { name: 'Stop ticking' })).toBeDefined();
});

test('terms outside the limits are refused beside their field', async () => {
  open(<TickScreen runId="practice-run-1" filled={{ kind: 'tick', runId: 'practice-run-1', everyMs: '100' }} />);
  const field = await screen.findByLabelText('Milliseconds between two');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect((await reviewButton()).getAttribute('aria-disabled')).toBe('true');
});

test('a checkpoint text that the chain would cut is not sent', async () => {
  const { begun } = open(<CheckpointScreen runId="atlas-1b-run-07" />);
  const field = await screen.findByLabelText('Repository');
  fireEvent.change(field, { target: { value: 'x'.repeat(65) } });
  expect(screen.getByText(/1 byte too many/)).toBeDefined();
  fireEvent.click(await reviewButton());
  expect(begun).toEqual([]);
});
