// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_FEE_POLICY, FeePolicy } from '#core/networks/fee-policy.ts';
import { FeeFields } from './fee-fields.tsx';

afterEach(cleanup);

/** The fields as a form holds them, with the newest policy they told. */
function openFields(start: FeePolicy) {
  const told = { fees: start };
  const tell = (fees: FeePolicy) => {
    told.fees = fees;
  };
  function Form() {
    const [fees, setFees] = useState(start);
    const parsed = FeePolicy.safeParse(fees);
    const wrong = new Set(parsed.error?.issues.map(({ path }) => path.join('.')));
    const take = (next: FeePolicy) => {
      tell(next);
      setFees(next);
    };
    return <FeeFields fees={fees} onChange={take} isWrong={(field) => wrong.has(field)} />;
  }
  render(
    <MantineProvider env="test">
      <Form />
    </MantineProvider>,
  );
  return told;
}

const type = (name: string, value: string) => fireEvent.change(screen.getByLabelText(name), { target: { value } });
function choose(label: string): void {
  fireEvent.click(screen.getByRole('combobox', { name: 'Priority fee' }));
  fireEvent.click(screen.getByRole('option', { name: label, hidden: true }));
}

const CAP = 'Cap per transaction, SOL';
const SHARE = 'Bid as much as, % of recent slots';
const PRICE = 'Price, micro-lamports per compute unit';

test('a cap typed in SOL is one in lamports, and the words say what it comes to', () => {
  const told = openFields(DEFAULT_FEE_POLICY);
  expect(screen.getByText(/at most 0\.0005 SOL more/)).toBeTruthy();
  type(CAP, '0.001');
  type(SHARE, '90');
  expect(told.fees).toEqual({ kind: 'auto', percentile: 90, capLamports: 1_000_000 });
  expect(screen.getByText(/at most 0\.001 SOL more/)).toBeTruthy();
});

test.each([
  [CAP, 'a lot', 'From 0 to 0.5 SOL, such as 0.0005'],
  [CAP, '0.6', 'From 0 to 0.5 SOL, such as 0.0005'],
  [CAP, '0.0000000001', 'From 0 to 0.5 SOL, such as 0.0005'],
  [SHARE, '0', 'A whole number from 1 to 100'],
  [SHARE, '7.5', 'A whole number from 1 to 100'],
  [SHARE, '', 'A whole number from 1 to 100'],
])('%s: “%s” is marked and cannot be saved', (name, text, error) => {
  const told = openFields(DEFAULT_FEE_POLICY);
  type(name, text);
  expect(screen.getByText(error)).toBeTruthy();
  expect(FeePolicy.safeParse(told.fees).success).toBe(false);
});

test('a fixed price says what a transaction costs with it', () => {
  const told = openFields({ kind: 'fixed', microLamports: 10_000 });
  expect(screen.getByText(/0\.000001 SOL more/)).toBeTruthy();
  type(PRICE, '25000');
  expect(told.fees).toEqual({ kind: 'fixed', microLamports: 25_000 });
  expect(screen.getByText(/0\.0000025 SOL more/)).toBeTruthy();
});

test('what was typed comes back when a kind is chosen again, and none has nothing to type', () => {
  const told = openFields(DEFAULT_FEE_POLICY);
  type(CAP, '0.002');
  choose('None');
  expect(told.fees).toEqual({ kind: 'off' });
  expect(screen.queryByLabelText(CAP)).toBeNull();
  expect(screen.getByText(/may wait, or lapse/)).toBeTruthy();
  choose('Automatic, up to a cap');
  expect(told.fees).toEqual({ kind: 'auto', percentile: 75, capLamports: 2_000_000 });
  choose('Always the same price');
  expect(told.fees).toEqual({ kind: 'fixed', microLamports: 10_000 });
});
