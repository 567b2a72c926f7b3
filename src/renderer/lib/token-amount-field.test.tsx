// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { TokenAmountField } from './token-amount-field.tsx';

afterEach(cleanup);

function Form({ decimals }: { decimals: number | undefined }) {
  const [text, setText] = useState('');
  return (
    <MantineProvider env="test">
      <TokenAmountField label="Amount" text={text} onChange={setText} unit={{ kind: 'tokens', decimals }} />
    </MantineProvider>
  );
}

test('says which native units are meant, and keeps what was typed when it is refused', () => {
  render(<Form decimals={6} />);
  const field = screen.getByLabelText<HTMLInputElement>('Amount');
  fireEvent.change(field, { target: { value: '1500.25' } });
  expect(screen.getByText('1 500 250 000 native units')).toBeDefined();
  fireEvent.change(field, { target: { value: '1500.0000001' } });
  expect(field.value).toBe('1500.0000001');
  expect(screen.getByText(/more than 6 digits after the point/)).toBeDefined();
  expect(screen.queryByText(/native units$/)).toBeNull();
});

test('reads nothing before the decimals of the mint are known', () => {
  render(<Form decimals={undefined} />);
  fireEvent.change(screen.getByLabelText('Amount'), { target: { value: '1500.25' } });
  expect(screen.getByText('Counted once the mint is known')).toBeDefined();
});
