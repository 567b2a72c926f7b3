// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { Failure } from './failure.tsx';
import { NavigationProvider, useNavigation } from './navigation.tsx';

afterEach(cleanup);

function Where() {
  return <output aria-label="Here">{JSON.stringify(useNavigation().screen)}</output>;
}

const MORE = { name: 'More about this error' };

test('what a node answered leads to its entry in the error atlas', () => {
  const error = new AppError('rpc/refused', { origin: 'https://rpc.example', status: 429 });
  render(
    <MantineProvider env="test">
      <NavigationProvider start={{ kind: 'runs' }}>
        <Failure error={error} />
        <Where />
      </NavigationProvider>
    </MantineProvider>,
  );
  fireEvent.click(screen.getByRole('button', MORE));
  expect(screen.getByLabelText('Here').textContent).toBe('{"kind":"error-atlas","code":"http-429"}');
});

test('there is no such link for the app’s own errors, nor where there is nowhere to go', () => {
  render(
    <MantineProvider env="test">
      <Failure error={new AppError('rpc/refused', { origin: 'https://rpc.example', status: 429 })} />
      <NavigationProvider start={{ kind: 'runs' }}>
        <Failure error={new AppError('rpc/unreachable', { origin: 'https://rpc.example' })} />
      </NavigationProvider>
    </MantineProvider>,
  );
  expect(screen.queryByRole('button', MORE)).toBeNull();
});
