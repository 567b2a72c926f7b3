// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Said } from './said.tsx';

afterEach(cleanup);

test('markup in a name stays text, and hidden characters are named', () => {
  const { container } = render(
    <MantineProvider env="test">
      <Said text={'<img src=x>\u202Eevil'} />
    </MantineProvider>,
  );
  expect(container.querySelector('img')).toBeNull();
  expect(container.querySelector('bdi')?.textContent).not.toContain('\u202E');
  expect(screen.getByText('contains hidden characters')).toBeDefined();
});
