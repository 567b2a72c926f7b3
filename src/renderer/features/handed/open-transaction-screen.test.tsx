// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { openScreen } from '#test/builders/open-screen.tsx';
import { AppError } from '#core/errors/app-error.ts';
import { PARTNER } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { handedForOthers, handedTrap, paymentWithPartner } from '../../../../e2e/harness/fake-main/sample-handed.ts';
import { OpenTransactionScreen } from './open-transaction-screen.tsx';

afterEach(cleanup);

const said = () => document.body.textContent;
const field = () => screen.getByLabelText<HTMLTextAreaElement>('Transaction in base64');
const paste = (text: string) => fireEvent.change(field(), { target: { value: text } });
const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('opening a transaction', () => {
  test('adds the signature of a file to the one that waits for it, and goes there', async () => {
    const { went } = openScreen(<OpenTransactionScreen />);
    fireEvent.click(await button('Open a file'));
    expect(await screen.findByText('From from-partner.txt')).toBeDefined();
    expect(await screen.findByText(/^It brings 1 signature to/)).toBeDefined();
    expect(said()).toContain('Then all are there, and it is sent at once');
    fireEvent.click(await button('Add 1 signature and send'));
    await waitFor(() => expect(went).toEqual([{ kind: 'transaction', id: 'with-partner' }]));
  });

  test('keeps the text when it is no transaction, and says what to do', async () => {
    openScreen(<OpenTransactionScreen />);
    paste('AAAA');
    expect((await screen.findByRole('alert')).textContent).toMatch(/message\//);
    expect(field().value).toBe('AAAA');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('offers to try again when only the network was at fault', async () => {
    openScreen(<OpenTransactionScreen text={handedTrap()} />, { state: 'failing', only: ['transactions.look'] });
    expect(await button('Try again')).toBeDefined();
    expect(field().value).toBe(handedTrap());
  });

  test('keeps the text when the signatures could not be added', async () => {
    openScreen(<OpenTransactionScreen text={paymentWithPartner([PARTNER])} />, {
      change: (client) => ({
        ...client,
        transactions: {
          ...client.transactions,
          addSignatures: () => Promise.reject(new AppError('handed/ended', {})),
        },
      }),
    });
    fireEvent.click(await button('Add 1 signature and send'));
    expect(await screen.findByText('Nothing was added')).toBeDefined();
    expect(field().value).toBe(paymentWithPartner([PARTNER]));
  });

  test('reviews a foreign one from its bytes, asks for the phrase, and follows it to its end', async () => {
    openScreen(<OpenTransactionScreen />, { endsAfterMs: 10 });
    paste(handedTrap());
    expect(await screen.findByText('A transaction that was not made here')).toBeDefined();
    expect(said()).toContain('1 of 2 signatures');
    expect(said()).toMatch(/needs? your attention/);
    fireEvent.click(await button('Review it'));
    const sign = await button('Sign and send');
    expect(screen.getAllByRole('alert').length).toBeGreaterThan(1);
    expect(screen.getByRole('timer').textContent).toContain('for at most');
    fireEvent.change(screen.getByLabelText(/to sign this$/), { target: { value: 'sign anyway' } });
    await waitFor(() => expect(sign.getAttribute('aria-disabled')).toBeNull());
    fireEvent.click(sign);
    expect(await screen.findByText(/^Confirmed in slot/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Review it again' })).toBeNull();
    expect(await button('Open the transaction')).toBeDefined();
  });

  test('comes back from the review with the text, and never renews what others made', async () => {
    openScreen(<OpenTransactionScreen text={handedTrap()} />);
    fireEvent.click(await button('Review it'));
    await button('Sign and send');
    expect(screen.queryByRole('button', { name: 'Make a new review' })).toBeNull();
    fireEvent.click(await button('Back without signing'));
    expect(field().value).toBe(handedTrap());
  });

  test('says when its blockhash has lapsed under the reader', async () => {
    openScreen(<OpenTransactionScreen text={handedTrap()} />, {
      change: (client) => ({
        ...client,
        transactions: {
          ...client.transactions,
          async look(input) {
            const found = await client.transactions.look(input);
            if (found.kind !== 'foreign') return found;
            return { ...found, step: { ...found.step, blockHeight: 9_000n } };
          },
        },
      }),
    });
    fireEvent.click(await button('Review it'));
    expect(await screen.findByText('Its blockhash has lapsed: it can no longer land')).toBeDefined();
    expect((await button('Sign and send')).getAttribute('aria-disabled')).toBe('true');
  });

  test('shows what nobody here can sign, and why it stays so', async () => {
    openScreen(<OpenTransactionScreen text={handedForOthers()} />);
    fireEvent.click(await button('Review it'));
    const slots = within(await screen.findByRole('list', { name: 'Required signatures' }));
    expect(slots.getAllByText('missing')).toHaveLength(2);
    expect((await button('Keep for the others to sign')).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getAllByText('None of its missing signatures can be made on this machine').length).toBeGreaterThan(0);
  });
});
