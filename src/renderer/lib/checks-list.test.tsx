// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Check } from '#core/operations/prepared.ts';
import type { HelpfulAction } from '#core/operations/place.ts';
import { createClient } from '#ipc/client.ts';
import { contract } from '#ipc/contract.ts';
import { createFakeMain } from '../../../e2e/harness/fake-main/create-fake-main.ts';
import { DEMO } from '../../../e2e/harness/fake-main/sample-addresses.ts';
import { scenarioOf } from '../../../e2e/harness/fake-main/scenario.ts';
import { ChecksList } from './checks-list.tsx';
import { ClientProvider } from './client.tsx';
import { FieldPlace } from './field-place.tsx';
import { NavigationProvider, useNavigation } from './navigation.tsx';

afterEach(cleanup);

function failing(title: string, action?: HelpfulAction): Check {
  return { kind: 'fail', title, reason: 'why', remedy: 'what to do', ...(action && { action }) };
}

const PASS: Check = { kind: 'pass', title: 'Fine', reason: '', remedy: '' };

function Here() {
  return <output>{JSON.stringify(useNavigation().screen)}</output>;
}

/** The checks beside a form with one field, and every amount the faucet was asked for. */
function open(checks: readonly Check[], besideForm = true) {
  const accounts = { training: '', full: '' };
  const client = createClient(contract, createFakeMain(scenarioOf({ accounts, state: 'empty' })));
  const asked: bigint[] = [];
  const watched = {
    ...client,
    practice: {
      ...client.practice,
      faucet(order: Parameters<typeof client.practice.faucet>[0]) {
        asked.push(order.lamports);
        return client.practice.faucet(order);
      },
    },
  };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <ClientProvider client={watched}>
          <NavigationProvider start={{ kind: 'runs' }}>
            <Here />
            <FieldPlace name="step">
              <input aria-label="Step" />
            </FieldPlace>
            <ChecksList checks={checks} besideForm={besideForm} />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return asked;
}

test('a remedy with a place is a button that leads there', () => {
  open([failing('State', { label: 'Pause it', place: { kind: 'set-paused', runId: 'atlas', paused: true } })]);
  fireEvent.click(screen.getByRole('button', { name: 'Pause it' }));
  expect(screen.getByRole('status').textContent).toContain('"set-paused"');
});

test('a remedy in the form puts the cursor into its field, and is left out where there is no form', () => {
  const checks = [failing('Steps', { label: 'Change the step', place: { kind: 'field', field: 'step' } })];
  open(checks);
  fireEvent.click(screen.getByRole('button', { name: 'Change the step' }));
  expect(document.activeElement).toBe(screen.getByLabelText('Step'));
  cleanup();
  open(checks, false);
  expect(screen.queryByRole('button', { name: 'Change the step' })).toBeNull();
});

test('a check about a field of this form leads to it by itself, one about another form does not', () => {
  open([
    { ...failing('Step'), field: 'step' },
    { ...failing('Mint'), field: 'mint' },
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Go to the field' }));
  expect(document.activeElement).toBe(screen.getByLabelText('Step'));
});

test('missing SOL on the practice network is asked of its faucet, exactly', async () => {
  const asked = open([
    failing('SOL', { label: 'Take 2 SOL', place: { kind: 'faucet', address: DEMO, lamports: 2_000_000_000n } }),
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Take 2 SOL' }));
  await waitFor(() => expect(asked).toEqual([2_000_000_000n]));
});

test('what fails is in view, and many passing rules are folded away behind it', () => {
  open([PASS, PASS, PASS, PASS, failing('State')]);
  const list = screen.getByRole('list', { name: 'Checks' });
  expect(list.textContent).toContain('State');
  expect(list.textContent).not.toContain('Fine');
  expect(screen.getByText('4 more pass')).toBeDefined();
});
