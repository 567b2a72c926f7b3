// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { SimulatedClients } from '#core/practice/client-activity.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider, useNavigation } from '#renderer/lib/navigation.tsx';
import { psycheBytes } from '#test/psyche-files.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { SimulatedClientsPanel } from './simulated-clients-panel.tsx';

const base64 = (name: string) => Buffer.from(psycheBytes(`fixtures/${name}.bin`)).toString('base64');
const ACCOUNTS = { training: base64('mid-training'), full: base64('full') };

afterEach(cleanup);

function Where() {
  return <p>screen {useNavigation().screen.kind}</p>;
}

function openPanel(clients: SimulatedClients) {
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts: ACCOUNTS })));
  const faked = { ...client, practice: { ...client.practice, clients: () => Promise.resolve(clients) } };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClientProvider client={faked}>
          <NavigationProvider start={{ kind: 'run', runId: 'nightly-paused' }}>
            <SimulatedClientsPanel runId="nightly-paused" />
            <Where />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const unauthorized = {
  instruction: 'join_run',
  count: 4,
  name: 'AccountNotInitialized',
  cause: 'Nobody allowed these clients to join the run',
  remedy: 'Allow Anyone, or their addresses',
  isUnauthorized: true,
};

describe('the panel of simulated clients', () => {
  test('says who is refused, why, and what to do, and leads to who may join', async () => {
    openPanel({ counts: [{ activity: 'joining', count: 4 }], refusals: [unauthorized] });
    await screen.findByText('4 clients were refused joining');
    expect(screen.getByText('Nobody allowed these clients to join the run.')).toBeTruthy();
    expect(screen.getByText(/Allow Anyone, or their addresses/)).toBeTruthy();
    expect(screen.getByText('join_run: AccountNotInitialized')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Who may join' }));
    expect(screen.getByText('screen who-may-join')).toBeTruthy();
  });

  test('offers that way only for a refusal it would cure', async () => {
    const witness = {
      ...unauthorized,
      instruction: 'witness',
      count: 1,
      name: 'InvalidWitness',
      isUnauthorized: false,
    };
    openPanel({ counts: [{ activity: 'training', count: 1 }], refusals: [witness] });
    await screen.findByText('1 client was refused reporting on the round');
    expect(screen.queryByRole('button', { name: 'Who may join' })).toBeNull();
  });

  test('says nothing of refusals when there are none', async () => {
    openPanel({ counts: [{ activity: 'joined', count: 2 }], refusals: [] });
    await screen.findByText('2 joined');
    expect(screen.queryByText(/refused/)).toBeNull();
  });
});
