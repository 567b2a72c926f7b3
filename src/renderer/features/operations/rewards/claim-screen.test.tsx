// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { OperationInput } from '#core/operations/request.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { type AppClient, ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider } from '#renderer/lib/navigation.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { createFakeMain } from '../../../../../e2e/harness/fake-main/create-fake-main.ts';
import { addressOf, DEMO } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { scenarioOf } from '../../../../../e2e/harness/fake-main/scenario.ts';
import { ClaimScreen } from './claim-screen.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };

afterEach(cleanup);

/** The screen over a faked main, with every operation that was asked about or begun. */
function openClaim(runId: string, user: string) {
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS })));
  const asked: OperationInput[] = [];
  const begun: OperationInput[] = [];
  const watched: AppClient = {
    ...client,
    operations: {
      ...client.operations,
      prepare(request) {
        asked.push(request.operation);
        return client.operations.prepare(request);
      },
      begin(request) {
        begun.push(request.operation);
        return client.operations.begin(request);
      },
    },
  };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClientProvider client={watched}>
          <NavigationProvider start={{ kind: 'claim-rewards', runId, user }}>
            <ClaimScreen runId={runId} user={user} />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { asked, begun };
}

const reviewButton = () => screen.findByRole('button', { name: 'Review and sign' });

test('a claim is begun for the client that was chosen', async () => {
  const { begun } = openClaim('atlas-1b-run-07', DEMO);
  fireEvent.click(await reviewButton());
  await waitFor(() => expect(begun).toEqual([{ kind: 'claim-rewards', runId: 'atlas-1b-run-07', user: DEMO }]));
});

test('what the vault does not cover is said with its amount', async () => {
  openClaim('nightly-paused', DEMO);
  expect(await screen.findByText('The vault does not cover 1 800 tokens')).toBeDefined();
});

test('a client with nothing to claim sends nothing, and is not even asked about', async () => {
  const { asked, begun } = openClaim('nightly-paused', addressOf('client 0'));
  const button = await reviewButton();
  fireEvent.click(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getAllByText(/There is nothing to claim/).length).toBeGreaterThan(0);
  expect([...asked, ...begun]).toEqual([]);
});
