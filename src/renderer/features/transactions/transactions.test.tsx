// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import { DEMO, JOIN, PARTNER, WATCHED } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { paymentWithPartner, sharedPayment } from '../../../../e2e/harness/fake-main/sample-handed.ts';
import { signedBy } from '../../../../e2e/harness/fake-main/sample-keys.ts';
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
    expect(await rows()).toHaveLength(11);
    fireEvent.change(screen.getByLabelText('Search transactions'), { target: { value: 'ines monday' } });
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(screen.getByRole('status').textContent).toBe('1 of 11 transactions');
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
    expect(first?.textContent).toContain('waits for 2');
    fireEvent.change(screen.getByLabelText('Search transactions'), { target: { value: 'no such thing' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Clear the filter' }));
    expect(await rows()).toHaveLength(11);
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
    openScreen(<TransactionScreen id="spent" />);
    expect(await screen.findByText('Until its nonce moves')).toBeDefined();
    expect(said()).toContain('it does not expire by itself · the nonce has moved');
    expect(said()).toContain('either it landed, or it is dead');
    expect(said()).not.toContain('Until block');
    expect(await screen.findAllByText('Demo key')).not.toHaveLength(0);
    expect(screen.queryByRole('button', { name: 'Revoke: advance the nonce' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Send again now' })).toBeNull();
  });

  test('whose nonce still holds is revoked by advancing it', async () => {
    const { went } = openScreen(<TransactionScreen id="reserved" />);
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke: advance the nonce' }));
    expect(went).toEqual([{ kind: 'change-nonce', nonceAccount: nonceAddress(DEMO, 2), act: 'advance' }]);
  });

  test('is sent once more at once, with the same bytes', async () => {
    openScreen(<TransactionScreen id="past-0" />);
    fireEvent.click(await screen.findByRole('button', { name: 'Send again now' }));
    expect(await screen.findByText('The same bytes are on their way once more.')).toBeDefined();
    await waitFor(() => expect(said()).toContain('4 times, always the same bytes'));
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

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const paste = (text: string) =>
  fireEvent.change(screen.getByLabelText('Transaction in base64'), { target: { value: text } });

describe('what waits for signatures', () => {
  test('is found by its filter and says in the list how many it lacks', async () => {
    openScreen(<TransactionsScreen />);
    await rows();
    fireEvent.click(screen.getByRole('combobox', { name: 'Result' }));
    fireEvent.click(await screen.findByRole('option', { name: 'Waits for signatures' }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect((await rows()).map(({ textContent }) => /waits for \d/.exec(textContent)?.[0])).toEqual([
      'waits for 2',
      'waits for 1',
    ]);
  });

  test('says who is missing, shows no bytes to send, and is copied for them', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    openScreen(<TransactionScreen id="reserved" />);
    expect(await screen.findByText('Waits for 2 signatures', { selector: 'h2' })).toBeDefined();
    const missing = within(screen.getByRole('list', { name: 'Missing signatures' }));
    expect(await missing.findByText('Join authority')).toBeDefined();
    expect(missing.getByText('Treasury officer')).toBeDefined();
    expect(screen.queryByText('Signed transaction')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Send again now' })).toBeNull();
    expect(said()).toContain('Nothing is sent while a signature is missing');
    fireEvent.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await screen.findByText('Copied: send it to whoever signs next')).toBeDefined();
    expect(copied).toEqual([sharedPayment()]);
    expect(await screen.findByText('Handed out')).toBeDefined();
  });

  test('takes the signatures that come back, says who is missing then, and is sent with the last', async () => {
    openScreen(<TransactionScreen id="reserved" />, { endsAfterMs: 10 });
    fireEvent.click(await button('Add signatures'));
    paste(signedBy(sharedPayment(), [WATCHED]));
    expect(await screen.findByText(/^It brings 1 signature to/)).toBeDefined();
    expect(within(screen.getByRole('list', { name: 'Still missing then' })).getByText('Join authority')).toBeDefined();
    fireEvent.click(await button('Add 1 signature'));
    expect(await screen.findByText('Waits for 1 signature', { selector: 'h2' })).toBeDefined();
    expect(await screen.findByText('Signatures added')).toBeDefined();
    expect(said()).toContain('by Treasury officer');
    paste(signedBy(sharedPayment(), [JOIN]));
    fireEvent.click(await button('Add 1 signature and send'));
    expect(await screen.findByText(/^Confirmed in slot/)).toBeDefined();
    expect(screen.getByText('Signed transaction')).toBeDefined();
  });

  test('keeps the text and says why when it does not fit', async () => {
    openScreen(<TransactionScreen id="reserved" />);
    fireEvent.click(await button('Add signatures'));
    paste('no base64 at all!');
    expect(await screen.findByText('This is not a transaction in base64')).toBeDefined();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Transaction in base64').value).toBe('no base64 at all!');
    paste(sharedPayment());
    expect(await screen.findByText('It carries no signature that is still missing')).toBeDefined();
    paste(paymentWithPartner([PARTNER]));
    expect(await screen.findByText('This belongs to another transaction of yours')).toBeDefined();
  });

  test('is signed on with the keys that are here, after a review of its bytes', async () => {
    openScreen(<TransactionScreen id="reserved" />);
    fireEvent.click(await button('Sign the rest here'));
    const sign = await button('Sign 1 of 3 and keep for the others');
    expect(screen.getByRole('list', { name: 'Required signatures' }).textContent).toMatch(/signed already/);
    await waitFor(() => expect(sign.getAttribute('aria-disabled')).toBeNull());
    fireEvent.click(sign);
    expect(await screen.findByText('Waits for 1 signature', { selector: 'h2' })).toBeDefined();
  });
});

describe('what never expires', () => {
  test('is listed with who is missing, and with the way to cancel it where a key here can', async () => {
    const { went } = openScreen(<TransactionsScreen />);
    const register = within(await screen.findByRole('region', { name: 'Never expire until used' }));
    expect(register.getAllByRole('listitem')).toHaveLength(3);
    expect(await register.findByText('Only the nonce’s authority can cancel it')).toBeDefined();
    expect(register.getByText('Its nonce has moved: it landed or is dead, and the app finds out which')).toBeDefined();
    expect(register.getAllByRole('button', { name: /^Revoke/ })).toHaveLength(1);
    fireEvent.click(register.getByRole('button', { name: /^Revoke Send 1\.5 SOL/ }));
    expect(went).toEqual([{ kind: 'change-nonce', nonceAccount: nonceAddress(DEMO, 2), act: 'advance' }]);
  });

  test('is cancelled only on its own network', async () => {
    openScreen(<TransactionsScreen />, { network: 'mainnet' });
    expect(await screen.findAllByText(/^Connect to/)).toHaveLength(3);
    expect(screen.queryByRole('button', { name: /^Revoke/ })).toBeNull();
  });

  test('and was outrun names the transaction that used its nonce', async () => {
    const { went } = openScreen(<TransactionScreen id="nonce-used" />);
    fireEvent.click(await button('Pay the shared costs again'));
    expect(said()).toContain('it is safe to make it again');
    expect(said()).not.toContain('Once signed, this never expires');
    expect(went).toEqual([{ kind: 'transaction', id: 'nonce-failed' }]);
  });

  test('and was refused has used its nonce all the same', async () => {
    openScreen(<TransactionScreen id="nonce-failed" />);
    expect(await screen.findByText(/The nonce is used: it cannot be sent again/)).toBeDefined();
  });
});
