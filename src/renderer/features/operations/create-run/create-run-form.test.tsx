// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressWithSeed } from '#core/solana/pda.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import { DEMO } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { CreateRunScreen } from './create-run-screen.tsx';

afterEach(cleanup);

const addressOfSeed = (seed: string) => addressWithSeed(DEMO, seed, DEFAULT_PROGRAM_IDS.coordinator);

async function openStep(title: string) {
  fireEvent.click(await screen.findByRole('button', { name: new RegExp(`${title}$`) }));
}

describe('an account seed', () => {
  test('shows the address it gives, counts its bytes, and is asked for at the chain', async () => {
    const { asked } = openScreen(<CreateRunScreen />);
    await openStep('Identity');
    fireEvent.click(await screen.findByLabelText('Derive the account’s address from a seed'));
    expect(screen.getAllByText('Type the seed of the account').length).toBeGreaterThan(0);
    fireEvent.change(screen.getByLabelText(/^Seed/), { target: { value: 'atlas-日' } });
    expect(screen.getByText('9 / 32 bytes')).toBeDefined();
    expect(screen.getByRole('button', { name: new RegExp(`copy address ${addressOfSeed('atlas-日')}`) })).toBeDefined();
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ kind: 'create-run', accountSeed: 'atlas-日' }));
  });

  test('that is too long keeps the step from being left, and gives no address', async () => {
    openScreen(<CreateRunScreen />);
    await openStep('Identity');
    fireEvent.click(await screen.findByLabelText('Derive the account’s address from a seed'));
    fireEvent.change(screen.getByLabelText(/^Seed/), { target: { value: 'x'.repeat(33) } });
    expect(screen.getByText(/^1 byte too many/)).toBeDefined();
    expect(screen.getByText('The seed is too long', { selector: 'span' })).toBeDefined();
    expect(screen.getByText('type a seed that fits first')).toBeDefined();
  });
});

test('a failing check leads to its field in another step of the form', async () => {
  openScreen(<CreateRunScreen />);
  await openStep('Identity');
  fireEvent.change(await screen.findByLabelText(/^Run id/), { target: { value: 'тренировка-атлас7' } });
  await openStep('Review');
  await screen.findByText('Run to create');
  const check = (await screen.findByText('Run id is taken')).closest('li');
  const button = [...(check?.querySelectorAll('button') ?? [])].find(
    ({ textContent }) => textContent === 'Go to the field',
  );
  if (!button) throw new Error('the check has no button');
  fireEvent.click(button);
  const field = await screen.findByLabelText(/^Run id/);
  await waitFor(() => expect(document.activeElement).toBe(field));
});
