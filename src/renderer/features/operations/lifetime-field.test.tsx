// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import type { AppClient } from '#renderer/lib/client.tsx';
import { DEMO } from '../../../../e2e/harness/fake-main/sample-addresses.ts';
import { SOMEBODYS_NONCE } from '../../../../e2e/harness/fake-main/sample-nonces.ts';
import type { Scenario } from '../../../../e2e/harness/fake-main/scenario.ts';
import { ChangeNonceScreen } from './nonces/change-nonce-screen.tsx';
import { SetPausedScreen } from './set-paused-screen.tsx';
import { TickScreen } from './tick-screen.tsx';

afterEach(cleanup);

const FOLDED = 'Lives by a recent blockhash: about half a minute to read and sign';
const short = (address: string) => `${address.slice(0, 4)}…${address.slice(-5)}`;

/** The lifetimes that were asked about and begun. */
function watchingLifetimes() {
  const seen: { asked: OperationRequest['lifetime'][]; begun: OperationRequest['lifetime'][] } = {
    asked: [],
    begun: [],
  };
  const change = (client: AppClient): AppClient => ({
    ...client,
    operations: {
      ...client.operations,
      prepare(request) {
        seen.asked.push(request.lifetime);
        return client.operations.prepare(request);
      },
      begin(request) {
        seen.begun.push(request.lifetime);
        return client.operations.begin(request);
      },
    },
  });
  return { seen, change };
}

async function openFold(title = FOLDED): Promise<void> {
  const summary = await screen.findByText(title);
  const fold = summary.closest('details');
  if (!fold) throw new Error('it is in no fold');
  fold.open = true;
  fireEvent(fold, new Event('toggle'));
  await screen.findByLabelText(/^Lives by a durable nonce/);
}

const chooseNonce = async () => fireEvent.click(await screen.findByLabelText(/^Lives by a durable nonce/));

function openPause(runId: string, change: (client: AppClient) => AppClient, world: Partial<Scenario> = {}) {
  return openScreen(<SetPausedScreen runId={runId} paused />, { change, ...world });
}

describe('what a transaction lives by', () => {
  test('is folded into one line, and is a recent blockhash unless chosen otherwise', async () => {
    const { seen, change } = watchingLifetimes();
    openPause('atlas-1b-run-07', change);
    await screen.findByText(FOLDED);
    expect(screen.queryByRole('radio')).toBeNull();
    await waitFor(() => expect(seen.asked).toEqual([undefined]));
  });

  test('can be the first free nonce: the form asks with it, and so does the review, which never renews itself', async () => {
    const { seen, change } = watchingLifetimes();
    openPause('atlas-1b-run-07', change);
    await openFold();
    await chooseNonce();
    const select = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Nonce account' });
    expect(select.value).toBe(`First free: nonce-1 · ${short(nonceAddress(DEMO, 1))}`);
    await waitFor(() => expect(seen.asked.at(-1)).toEqual({ kind: 'nonce' }));
    const review = await screen.findByRole('button', { name: 'Review and sign' });
    await waitFor(() => expect(review.getAttribute('aria-disabled')).toBeNull());
    fireEvent.click(review);
    expect(await screen.findByText('At any time: it never expires.')).toBeDefined();
    expect(seen.begun).toEqual([{ kind: 'nonce' }]);
    expect(screen.queryByRole('timer')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Back without signing' }));
    expect(await screen.findByText('Lives by a durable nonce: no hurry')).toBeDefined();
  });

  test('can be one account, and those that are not free say why', async () => {
    const { seen, change } = watchingLifetimes();
    openPause('practice-run-1', change);
    await openFold();
    await chooseNonce();
    fireEvent.click(await screen.findByRole('combobox', { name: 'Nonce account' }));
    const reserved = await screen.findByRole('option', { name: /^nonce-2 .* reserved by “Send 1\.5 SOL/ });
    expect(reserved.getAttribute('data-combobox-disabled')).toBe('true');
    fireEvent.click(screen.getByRole('option', { name: /^nonce-4 ·/ }));
    await waitFor(() => expect(seen.asked.at(-1)).toEqual({ kind: 'nonce', account: nonceAddress(DEMO, 4) }));
  });

  test('can be an account that somebody else holds, who is said to sign too', async () => {
    const { seen, change } = watchingLifetimes();
    openScreen(<SetPausedScreen runId="nightly-paused" paused={false} />, { change });
    await openFold();
    await chooseNonce();
    fireEvent.click(await screen.findByRole('combobox', { name: 'Nonce account' }));
    const name = `${short(SOMEBODYS_NONCE)} · somebody else holds it, and signs too`;
    fireEvent.click(await screen.findByRole('option', { name }));
    await waitFor(() => expect(seen.asked.at(-1)).toEqual({ kind: 'nonce', account: SOMEBODYS_NONCE }));
  });

  test('leads to making a nonce account where there is none', async () => {
    const { change } = watchingLifetimes();
    const { went } = openPause('nightly-paused', (client) =>
      change({
        ...client,
        nonces: { ...client.nonces, list: async (question) => ({ ...(await client.nonces.list(question)), rows: [] }) },
      }),
    );
    await openFold();
    await chooseNonce();
    expect(await screen.findByText('You have no nonce account yet')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Create a nonce account' }));
    expect(went).toEqual([{ kind: 'create-nonce-accounts' }]);
  });

  test('is never the account that the operation itself changes', async () => {
    openScreen(<ChangeNonceScreen nonceAccount={nonceAddress(DEMO, 1)} act="advance" />);
    await openFold();
    await chooseNonce();
    fireEvent.click(await screen.findByRole('combobox', { name: 'Nonce account' }));
    expect(await screen.findByRole('option', { name: /^nonce-1 .* this operation changes it$/ })).toBeDefined();
    expect(screen.getByRole('option', { name: /^First free: nonce-4/ })).toBeDefined();
  });

  test('is a recent blockhash for repeated ticks, and says why', async () => {
    openScreen(<TickScreen runId="practice-run-1" />);
    fireEvent.click(await screen.findByLabelText('Again and again'));
    await openFold();
    expect(screen.getByText('Each repeated transaction is made anew; a nonce carries one')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>(/^Lives by a durable nonce/).disabled).toBe(true);
  });
});
