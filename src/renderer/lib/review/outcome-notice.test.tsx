// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import { contract } from '#ipc/contract.ts';
import { createClient } from '#ipc/client.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { ClientProvider } from '../client.tsx';
import { NavigationProvider, useNavigation } from '../navigation.tsx';
import { OutcomeNotice } from './outcome-notice.tsx';

afterEach(cleanup);

const { coordinator } = DEFAULT_PROGRAM_IDS;
const client = createClient(contract, createFakeMain(scenarioOf({ accounts: { training: '', full: '' } })));

function Where() {
  return <output aria-label="Here">{JSON.stringify(useNavigation().screen)}</output>;
}

function open(code: number, name: string) {
  const outcome: Extract<Outcome, { kind: 'failed' }> = {
    kind: 'failed',
    slot: 7n,
    error: { InstructionError: [1, { Custom: code }] },
    logs: [],
  };
  const step = { program: { address: coordinator }, name, fields: [] };
  const failure = explainFailure({ ...outcome, instructions: [step, step], runId: 'atlas-7' });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <ClientProvider client={client}>
          <NavigationProvider start={{ kind: 'transactions' }}>
            <OutcomeNotice outcome={outcome} failure={failure} />
            <Where />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const here = () => JSON.parse(screen.getByLabelText('Here').textContent) as unknown;

test('a refused transaction says why, which error it was, what to do, and leads there', () => {
  open(6001, 'update');
  const text = document.body.textContent;
  expect(text).toContain('A new configuration, model or progress was sent');
  expect(text).toContain('Error: UpdateConfigNotHalted (6001), instruction 2');
  expect(text).toContain(coordinator);
  expect(text).toContain('What to do: Pause the run');
  expect(screen.getByText('Logs and error value')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Pause the run' }));
  expect(here()).toEqual({ kind: 'set-paused', runId: 'atlas-7', paused: true });
});

test('a code that stands for many reasons lists them and leads to its entry in the atlas', () => {
  open(6004, 'set_paused');
  expect(document.body.textContent).toContain('How to tell:');
  expect(screen.getByText('12 possible reasons')).toBeDefined();
  expect(screen.getByText(/^warmup_time is as long/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'More about this error' }));
  expect(here()).toMatchObject({ kind: 'error-atlas', code: 'coordinator-6004' });
});

test.each([
  ['expired', /proven, so it is safe to make it again/],
  ['nonce-used', /proven, so it is safe to make it again/],
  ['unknown', /Do not make it again: both could land/],
] as const)('%s says whether it is safe to make it again', (kind, words) => {
  render(
    <MantineProvider env="test">
      <OutcomeNotice outcome={{ kind }} failure={undefined} />
    </MantineProvider>,
  );
  expect(document.body.textContent).toMatch(words);
});
