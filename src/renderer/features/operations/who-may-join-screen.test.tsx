// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import { addressOf } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { WhoMayJoinScreen } from './who-may-join-screen.tsx';

afterEach(cleanup);

const usersField = () => screen.findByLabelText<HTMLTextAreaElement>('Users', { selector: 'textarea' });
const reviewButton = () => screen.getByRole('button', { name: 'Review and sign' });
const isBlocked = () => reviewButton().getAttribute('aria-disabled') === 'true';

/** The form with this list in it, whatever it held before. */
async function openWith(text: string, world: Parameters<typeof openScreen>[1] = {}) {
  const opened = openScreen(<WhoMayJoinScreen />, world);
  fireEvent.click(await screen.findByLabelText('Many users'));
  fireEvent.change(await usersField(), { target: { value: text } });
  return opened;
}

const unreachable = () => Promise.reject(new AppError('rpc/unreachable', { origin: 'https://rpc.example.org' }));

describe('letting many users in', () => {
  test('names a few transactions of a long plan, and the rest when asked', async () => {
    await openWith(Array.from({ length: 2_000 }, (_, index) => addressOf(`user ${index}`)).join('\n'));
    const fold = await screen.findByText(/^and \d+ more transactions$/);
    const all = 4 + Number(/\d+/.exec(fold.textContent)?.[0]);
    expect(all).toBeGreaterThan(100);
    expect(screen.getAllByRole('meter')).toHaveLength(4);
    const details = fold.closest('details');
    if (!details) throw new Error('it is no fold');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect(screen.getAllByRole('meter', { hidden: true })).toHaveLength(all);
  });

  test('starts from the users of several pasted lines', async () => {
    openScreen(<WhoMayJoinScreen filled={{ kind: 'allow-many', users: [addressOf('user 1'), addressOf('user 2')] }} />);
    expect((await usersField()).value).toBe(`${addressOf('user 1')}\n${addressOf('user 2')}`);
    await waitFor(() => expect(isBlocked()).toBe(false));
  });

  test('a file with bad lines waits until they are put right or left out, and names each with its reason', async () => {
    const { begun } = await openWith('');
    fireEvent.click(screen.getByRole('button', { name: 'Open file' }));
    const findings = within(await screen.findByRole('list', { name: 'Findings by line' }));
    expect(findings.getByText(/holds 31 bytes; an address has 32$/)).toBeDefined();
    expect(findings.getByText(/contains “0”, which base58 does not have$/)).toBeDefined();
    expect(findings.getByText('The same user as line 5: counted once')).toBeDefined();
    expect(isBlocked()).toBe(true);
    fireEvent.click(screen.getByLabelText('Leave out the 2 lines that cannot be read'));
    await waitFor(() => expect(isBlocked()).toBe(false));
    fireEvent.click(reviewButton());
    await waitFor(() => expect(begun).toHaveLength(1));
    expect(begun[0]).toEqual({
      kind: 'allow-many',
      users: Array.from({ length: 25 }, (_, index) => ({
        address: addressOf(`user ${index}`),
        label: `Lab ${index + 1}`,
      })),
    });
  });

  test('asks anew when the list changes after lines were left out', async () => {
    await openWith(`${addressOf('user 1')}\nnobody`);
    fireEvent.click(screen.getByLabelText('Leave out the line that cannot be read'));
    await waitFor(() => expect(isBlocked()).toBe(false));
    fireEvent.change(await usersField(), { target: { value: `${addressOf('user 1')}\nnobody\nno one` } });
    expect(isBlocked()).toBe(true);
  });

  test('nothing that was typed is lost when the chain cannot be asked', async () => {
    const list = `${addressOf('user 1')}, Anna\n# the second floor\n${addressOf('user 2')}`;
    await openWith(list, {
      change: (client) => ({
        ...client,
        operations: { ...client.operations, prepare: unreachable, begin: unreachable },
      }),
    });
    expect(await screen.findByText('The chain could not be asked')).toBeDefined();
    expect((await usersField()).value).toBe(list);
    fireEvent.click(reviewButton());
    fireEvent.click(await screen.findByRole('button', { name: 'Back to the form' }));
    expect((await usersField()).value).toBe(list);
  });

  test('a form that was left has its list when one comes back', async () => {
    await openWith(`${addressOf('user 9')}, Nina`);
    cleanup();
    openScreen(<WhoMayJoinScreen />);
    expect((await usersField()).value).toBe(`${addressOf('user 9')}, Nina`);
  });

  test('a secret key in what is pasted is taken out, and one is told', async () => {
    const keyfile = `[${Array.from({ length: 64 }, (_, index) => index).join(',')}]`;
    await openWith(`${addressOf('user 1')}\n${keyfile}`);
    expect((await usersField()).value).not.toContain('12,13');
    expect(screen.getByText('A secret key was in what you pasted')).toBeDefined();
  });
});

test('a pasted command opens the form filled', async () => {
  const { asked } = openScreen(
    <WhoMayJoinScreen filled={{ kind: 'allow-to-join', who: 'user', address: addressOf('user 5') }} />,
  );
  expect((await screen.findByLabelText<HTMLInputElement>('Address of the user')).value).toBe(addressOf('user 5'));
  await waitFor(() =>
    expect(asked).toContainEqual({
      kind: 'allow-to-join',
      whoMayJoin: { kind: 'user', address: addressOf('user 5') },
    }),
  );
});
