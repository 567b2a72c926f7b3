// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openScreen } from '#test/builders/open-screen.tsx';
import { addressOf, DEMO } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { ClaimScreen } from './claim-screen.tsx';

afterEach(cleanup);

const openClaim = (runId: string, user: string) => openScreen(<ClaimScreen runId={runId} user={user} />);

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
