// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openScreen } from '#test/builders/open-screen.tsx';
import { TopBar } from './top-bar.tsx';

afterEach(cleanup);

const REAL = { network: 'mainnet', door: 'network' } as const;

test('an endpoint of another cluster is said on every screen, one that only fails is not', async () => {
  openScreen(<TopBar />, { ...REAL, endpoints: 'other-cluster' });
  await screen.findByText('an endpoint is on another cluster');
  cleanup();
  openScreen(<TopBar />, { ...REAL, endpoints: 'failing' });
  await screen.findByRole('img', { name: 'Network: Mainnet' });
  expect(screen.queryByText('an endpoint is on another cluster')).toBeNull();
});
