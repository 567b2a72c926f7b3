// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { AppClient } from '#renderer/lib/client.tsx';
import { openScreen } from '#test/builders/open-screen.tsx';
import { DEMO } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { TopUpScreen } from './top-up-screen.tsx';

afterEach(cleanup);

const openTopUp = (change?: (client: AppClient) => AppClient) =>
  openScreen(<TopUpScreen runId="nightly-paused" />, { endsAfterMs: 10, ...(change && { change }) });

const amountField = () => screen.findByLabelText<HTMLInputElement>('Amount');
const signButton = () => screen.getByRole('button', { name: 'Review and sign' });

describe('the form of a top-up', () => {
  test('hands over the exact native amount and what had been paid in when it was opened', async () => {
    const { begun } = openTopUp();
    fireEvent.change(await amountField(), { target: { value: '10000.000001' } });
    fireEvent.click(signButton());
    await waitFor(() =>
      expect(begun).toEqual([
        {
          kind: 'top-up',
          runId: 'nightly-paused',
          amount: 10_000_000_001n,
          decimals: 6,
          funder: DEMO,
          depositedBefore: 5_200_000_000n,
          treasurerIndex: 7n,
        },
      ]),
    );
  });

  test('signs what the field says now, not what it said before typing rested', async () => {
    const { begun } = openTopUp();
    const field = await amountField();
    fireEvent.change(field, { target: { value: '1' } });
    fireEvent.change(field, { target: { value: '12' } });
    fireEvent.click(signButton());
    await waitFor(() => expect(begun).toMatchObject([{ amount: 12_000_000n }]));
  });

  test('loses nothing when the review cannot be made', async () => {
    openTopUp((client) => ({
      ...client,
      operations: {
        ...client.operations,
        begin: () => Promise.reject(new AppError('rpc/unreachable', { origin: 'https://rpc.example.org' })),
      },
    }));
    fireEvent.change(await amountField(), { target: { value: '10000.5' } });
    fireEvent.click(signButton());
    fireEvent.click(await screen.findByRole('button', { name: 'Back to the form' }));
    expect((await amountField()).value).toBe('10000.5');
  });

  test.each(['0', '1e3', '-5', '1,000', '0.0000001', '18446744073709.551616'])(
    'sends nothing for “%s”',
    async (text) => {
      const { begun } = openTopUp();
      const field = await amountField();
      fireEvent.change(field, { target: { value: text } });
      fireEvent.click(signButton());
      expect(signButton().getAttribute('aria-disabled')).toBe('true');
      expect(field.value).toBe(text);
      expect(begun).toEqual([]);
    },
  );

  test('asks before it pays again once tokens have come in, and keeps the amount', async () => {
    let paid = 0n;
    const { begun, queries } = openTopUp((client) => ({
      ...client,
      runs: {
        ...client.runs,
        async treasury(input) {
          const treasury = await client.runs.treasury(input);
          return treasury.kind === 'plain' ? treasury : { ...treasury, deposited: treasury.deposited + paid };
        },
      },
    }));
    const field = await amountField();
    fireEvent.change(field, { target: { value: '5' } });
    paid = 5_000_000n;
    await queries.invalidateQueries({ queryKey: ['treasury'] });
    expect(await screen.findByText('5 tokens came in since this form was opened')).toBeDefined();
    fireEvent.click(signButton());
    expect(begun).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Pay more on top' }));
    expect(field.value).toBe('5');
    fireEvent.click(signButton());
    await waitFor(() => expect(begun).toMatchObject([{ amount: 5_000_000n, depositedBefore: 5_205_000_000n }]));
  });

  test('says in place that the funder holds too little', async () => {
    openTopUp();
    await screen.findByText(/^Holds/);
    fireEvent.change(await amountField(), { target: { value: '1000000.5' } });
    expect(await screen.findByText(/which is 0\.5 tokens too few$/)).toBeDefined();
  });
});
