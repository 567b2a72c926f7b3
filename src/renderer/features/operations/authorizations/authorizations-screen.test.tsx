// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { JoinKitQuestion } from '#core/authorizations/authorization-view.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import { addressOf, DEMO, JOIN, OWNER } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { AuthorizationsScreen } from './authorizations-screen.tsx';
import { CanJoinScreen } from './can-join-screen.tsx';
import { CloseAuthorizationScreen } from './close-authorization-screen.tsx';
import { JoinKitScreen } from './join-kit-screen.tsx';

afterEach(cleanup);

describe('the list of authorizations', () => {
  test('offers in each row what the keys at hand can do now, and says from when the rest', async () => {
    openScreen(<AuthorizationsScreen />);
    const row = async (name: RegExp) => within(await screen.findByRole('row', { name }));
    const names = (of: Awaited<ReturnType<typeof row>>) =>
      of.getAllByRole('button').flatMap((button) => button.textContent ?? []);
    expect(names(await row(/^Anyone/))).toEqual(expect.arrayContaining(['Deactivate', 'Join kit']));
    expect(names(await row(/^Anyone/))).not.toContain('Delegates');
    expect(names(await row(/^Owner/))).toContain('Delegates');
    expect(names(await row(/^Join authority/))).toEqual(expect.arrayContaining(['Reactivate', 'Close']));
    const waiting = addressOf('lab 3');
    expect((await row(new RegExp(`^${waiting.slice(0, 4)}`))).getByText(/^closes from /)).toBeDefined();
  });

  test('shows by user only what one’s own keys may use', async () => {
    openScreen(<AuthorizationsScreen />);
    fireEvent.click(await screen.findByLabelText('By user'));
    expect(await screen.findByText('2 authorizations, 1 active')).toBeDefined();
  });

  test('opens at the join authority that a command names', async () => {
    openScreen(<AuthorizationsScreen filled={{ kind: 'list-authorizations', grantor: addressOf('someone else') }} />);
    expect(await screen.findByText('This join authority lets nobody join')).toBeDefined();
  });
});

test('closing before its time is named with the day, and deactivating is offered first', async () => {
  const grantee = addressOf('lab 1');
  const { went } = openScreen(<CloseAuthorizationScreen grantor={DEMO} grantee={grantee} />);
  expect(await screen.findByText('It is still active')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Deactivate it' }));
  expect(went).toEqual([{ kind: 'set-authorization-active', grantor: DEMO, grantee, active: false }]);
});

test('can-join asks by everyone’s authorization unless told otherwise, and again when the key changes', async () => {
  openScreen(<CanJoinScreen runId="practice-run-1" />);
  expect(await screen.findByText('It can join now')).toBeDefined();
  fireEvent.click(screen.getByLabelText('Its own'));
  fireEvent.change(screen.getByLabelText('Key that would join'), { target: { value: JOIN } });
  expect(await screen.findByText(/^It cannot join/)).toBeDefined();
});

test('a join kit holds the URL of a provider only after that was confirmed', async () => {
  const asked: JoinKitQuestion[] = [];
  openScreen(<JoinKitScreen runId="practice-run-1" grantee={OWNER} />, {
    network: 'mainnet',
    change: (client) => ({
      ...client,
      authorizations: {
        ...client.authorizations,
        joinKit(question) {
          asked.push(question);
          return client.authorizations.joinKit(question);
        },
      },
    }),
  });
  expect(await screen.findByText('The URL of this network is left out')).toBeDefined();
  expect(screen.getByLabelText('Settings').textContent).toContain(`AUTHORIZER=${OWNER}`);
  expect(screen.queryByRole('button', { name: 'Write the whole URL' })).toBeNull();
  expect(document.body.textContent).not.toContain('k3y');
  expect(asked.every(({ includeUrl }) => !includeUrl)).toBe(true);
  fireEvent.click(screen.getByLabelText(/^I want to share it/));
  fireEvent.click(screen.getByRole('button', { name: 'Write the whole URL' }));
  await waitFor(() => expect(screen.getByLabelText('Settings').textContent).toContain('k3y'));
});
