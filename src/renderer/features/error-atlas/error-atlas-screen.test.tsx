// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ATLAS } from '#core/error-atlas/atlas.ts';
import { contract } from '#ipc/contract.ts';
import { createClient } from '#ipc/client.ts';
import { createFakeMain } from '../../../../e2e/harness/fake-main/create-fake-main.ts';
import { scenarioOf } from '../../../../e2e/harness/fake-main/scenario.ts';
import { ClientProvider } from '#renderer/lib/client.tsx';
import { NavigationProvider, type Screen, useNavigation } from '#renderer/lib/navigation.tsx';
import { ErrorAtlasScreen } from './error-atlas-screen.tsx';

afterEach(cleanup);

const client = createClient(contract, createFakeMain(scenarioOf({ accounts: { training: '', full: '' } })));

/** The atlas wherever navigation leads within it; any other place by its name. */
function Here() {
  const { screen: place } = useNavigation();
  if (place.kind !== 'error-atlas') return <output aria-label="Elsewhere">{JSON.stringify(place)}</output>;
  return <ErrorAtlasScreen key={JSON.stringify(place)} code={place.code} runId={place.runId} />;
}

function open(start: Screen = { kind: 'error-atlas' }) {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <ClientProvider client={client}>
          <NavigationProvider start={start}>
            <Here />
          </NavigationProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const field = () => screen.getByLabelText<HTMLInputElement>('Search errors');
const search = (value: string) => fireEvent.change(field(), { target: { value } });

test('opens with the search field focused and every error listed by program', () => {
  open();
  expect(document.activeElement).toBe(field());
  expect(screen.getByRole('status').textContent).toBe(`${ATLAS.length} errors`);
  const coordinator = screen.getByRole('region', { name: 'Coordinator' });
  expect(within(coordinator).getAllByRole('button')).toHaveLength(24);
});

test('is used with the keyboard alone: type, Enter for the best, arrows for another', async () => {
  open();
  search('6001');
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^\d+ of/));
  const rows = screen.getAllByRole('button');
  fireEvent.keyDown(field(), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(rows[0]);
  fireEvent.keyDown(rows[0] ?? field(), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(rows[1]);
  fireEvent.keyDown(rows[1] ?? field(), { key: 'ArrowUp' });
  fireEvent.keyDown(rows[0] ?? field(), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(field());
  search('ConstraintRaw');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('ConstraintRaw');
});

test('says what to try when nothing is found', async () => {
  open();
  search('qqxyzzy');
  expect(await screen.findByText('No error is called that')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Show all errors' }));
  await waitFor(() => expect(screen.queryByText('No error is called that')).toBeNull());
});

test('an entry lists each reason with what to check and a button to the place that helps', () => {
  open({ kind: 'error-atlas', code: 'coordinator-6022', runId: 'atlas-7' });
  expect(screen.getByText('2 reasons')).toBeDefined();
  expect(document.body.textContent).toContain('There are more clients than total number of batches to assign');
  fireEvent.click(screen.getAllByRole('button', { name: 'Check the configuration' })[0] ?? document.body);
  expect(screen.getByLabelText('Elsewhere').textContent).toBe('{"kind":"update-configuration","runId":"atlas-7"}');
});

test('an entry leads to what the same number means elsewhere', () => {
  open({ kind: 'error-atlas', code: 'system-1' });
  fireEvent.click(screen.getByRole('button', { name: 'Token program: InsufficientFunds' }));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('InsufficientFunds');
});

test('a code the atlas does not know is searched for', () => {
  open({ kind: 'error-atlas', code: 'http-418' });
  expect(field().value).toBe('http-418');
  expect(screen.getByText('No error is called that')).toBeDefined();
});
