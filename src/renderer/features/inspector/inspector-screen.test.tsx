// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openScreen } from '#test/builders/open-screen.tsx';
import { InspectorScreen } from './inspector-screen.tsx';

afterEach(cleanup);

const KEY = JSON.stringify(Array.from({ length: 64 }, (_, index) => (index * 37) % 256));
const field = () => screen.getByLabelText<HTMLInputElement>('Address or run id');

test('a pasted command is opened as a command, not looked up', async () => {
  const { went } = openScreen(<InspectorScreen text="" />);
  fireEvent.change(field(), { target: { value: 'run-manager set-paused \\ --run-id atlas-7' } });
  fireEvent.click(screen.getByRole('button', { name: 'Open as a command' }));
  await waitFor(() =>
    expect(went).toEqual([{ kind: 'paste-command', text: 'run-manager set-paused  --run-id atlas-7', secrets: 0 }]),
  );
});

test('a key in a pasted command goes nowhere, and its loss is told', async () => {
  const { went } = openScreen(<InspectorScreen text="" />);
  fireEvent.change(field(), {
    target: { value: `RAW_WALLET_PRIVATE_KEY='${KEY}' run-manager close-run --run-id atlas` },
  });
  expect(field().value).not.toContain('37,74');
  fireEvent.click(screen.getByRole('button', { name: 'Open as a command' }));
  await waitFor(() => expect(went).toMatchObject([{ kind: 'paste-command', secrets: 1 }]));
  expect(JSON.stringify(went)).not.toContain('37,74');
});

test('an address is looked up as before', async () => {
  const { went } = openScreen(<InspectorScreen text="" />);
  fireEvent.change(field(), { target: { value: ' atlas-1b-run-07 ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Look' }));
  await waitFor(() => expect(went).toEqual([{ kind: 'inspector', text: 'atlas-1b-run-07' }]));
});
