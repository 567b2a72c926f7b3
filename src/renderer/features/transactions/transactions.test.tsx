// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { addressOf } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import { AppError } from '#core/errors/app-error.ts';
import { TransactionScreen } from './transaction-screen.tsx';
import { TransactionsScreen } from './transactions-screen.tsx';

afterEach(cleanup);

const rows = async () =>
  within(await screen.findByRole('table', { name: 'Transactions' }))
    .getAllByRole('row')
    .slice(1);
const said = () => document.body.textContent;

describe('the list', () => {
  test('shows labels and notes, and finds a transaction by them', async () => {
    const { went } = openScreen(<TransactionsScreen />);
    expect(await rows()).toHaveLength(6);
    fireEvent.change(screen.getByLabelText('Search transactions'), { target: { value: 'ines monday' } });
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(screen.getByRole('status').textContent).toBe('1 of 6 transactions');
    const [found] = await rows();
    expect(found?.textContent).toContain('Invoice 2026-117');
    if (found) fireEvent.click(found);
    expect(went).toEqual([{ kind: 'transaction', id: 'past-1' }]);
  });

  test('sorts by a column and says so when nothing fits', async () => {
    openScreen(<TransactionsScreen />);
    await rows();
    fireEvent.click(screen.getByRole('button', { name: 'Result' }));
    const [first] = await rows();
    expect(first?.textContent).toContain('on its way');
    fireEvent.change(screen.getByLabelText('Search transactions'), { target: { value: 'no such thing' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Clear the filter' }));
    expect(await rows()).toHaveLength(6);
  });

  test('tells what an export holds and what it leaves out', async () => {
    openScreen(<TransactionsScreen />);
    fireEvent.click(await screen.findByRole('button', { name: 'Export books (CSV)' }));
    expect(
      await screen.findByText(/318 movements of money saved as books-2026-11-22\.csv\. 2 transactions may still land/),
    ).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Export journal' }));
    expect(await screen.findByText(/1.204 records saved as journal-2026-11-22\.json/)).toBeDefined();
  });

  test('says why an export failed, and offers it again', async () => {
    openScreen(<TransactionsScreen />, {
      change: (client) => ({
        ...client,
        transactions: {
          ...client.transactions,
          saveBooks: () => Promise.reject(new AppError('storage/unwritable', { fileName: 'books.csv' })),
        },
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Export books (CSV)' }));
    expect(await screen.findByText('The books were not exported')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });
});

describe('one transaction', () => {
  test('on its way says what happens now, how often it was sent and until when it can land', async () => {
    openScreen(<TransactionScreen id="past-0" />);
    expect(await screen.findByText('What happens now')).toBeDefined();
    expect(said()).toContain('There is nothing to do');
    expect(said()).toContain('3 times, always the same bytes');
    expect(said()).toMatch(/block 4.350 · finalized is block 4.212, 138 left/);
  });

  test('that may still land is only watched', async () => {
    openScreen(<TransactionScreen id="past-4" />);
    expect(await screen.findByText(/32 finalized blocks later/)).toBeDefined();
    expect(said()).toContain('11 past it');
    expect(said()).not.toContain('Balance changes');
  });

  test('with a durable nonce is told to land until the nonce moves, not until a block', async () => {
    const nonceAccount = addressOf('nonce account');
    openScreen(<TransactionScreen id="past-0" />, {
      change: (client) => ({
        ...client,
        transactions: {
          ...client.transactions,
          async read(input) {
            const view = await client.transactions.read(input);
            return { ...view, review: { ...view.review, lifetime: { kind: 'nonce', nonceAccount, nonce: 'n' } } };
          },
        },
      }),
    });
    expect(await screen.findByText('Until its nonce moves')).toBeDefined();
    expect(said()).toContain('it does not expire by itself');
    expect(said()).not.toContain('Until block');
  });

  test('that was refused shows the override, the failing program and its logs as a tree', async () => {
    openScreen(<TransactionScreen id="past-2" />);
    expect(await screen.findByText('Signed although checks advised against it')).toBeDefined();
    expect(said()).toContain('Warmup: its time is longer than an epoch');
    expect(said()).toContain('failed: custom program error: 0x1774');
    expect(await screen.findByRole('table')).toBeDefined();
  });

  test('that landed shows what changed, to the last unit', async () => {
    openScreen(<TransactionScreen id="past-1" />);
    const table = within(await screen.findByRole('table'));
    expect(table.getByText('+0.83024352')).toBeDefined();
    expect(said()).toMatch(/-10.000\.25/);
    expect(said()).toContain('signed');
  });

  test('asks nothing about changes of another network and says where they are', async () => {
    openScreen(<TransactionScreen id="past-1" />, { network: 'mainnet' });
    expect(await screen.findByText(/Connect to the network it landed on/)).toBeDefined();
  });

  test('takes a label and a note, and shows them', async () => {
    openScreen(<TransactionScreen id="past-3" />);
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }));
    fireEvent.change(screen.getByLabelText('Label'), { target: { value: 'Invoice 9' } });
    fireEvent.change(screen.getByLabelText('Note'), { target: { value: 'first\nsecond' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    expect(await screen.findByText('second')).toBeDefined();
    expect(screen.getAllByText('Invoice 9').length).toBeGreaterThan(0);
  });

  test('keeps what was typed when it could not be written down', async () => {
    openScreen(<TransactionScreen id="past-3" />, {
      change: (client) => ({
        ...client,
        transactions: {
          ...client.transactions,
          annotate: () => Promise.reject(new AppError('journal/unwritable', {})),
        },
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }));
    fireEvent.change(screen.getByLabelText('Label'), { target: { value: 'Invoice 9' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    expect(await screen.findByText('The words were not kept')).toBeDefined();
    expect(screen.getByLabelText('Label')).toHaveProperty('value', 'Invoice 9');
  });

  test('is saved as text for other tools', async () => {
    openScreen(<TransactionScreen id="past-1" />);
    fireEvent.click(await screen.findByRole('button', { name: 'Save as text' }));
    expect(await screen.findByText('Saved as transaction.txt')).toBeDefined();
  });
});
