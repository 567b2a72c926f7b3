// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { BytesField } from './bytes-field.tsx';

afterEach(cleanup);

function Form() {
  const [text, setText] = useState('');
  return (
    <MantineProvider env="test">
      <BytesField label="Run id" value={text} onChange={setText} maxBytes={32} />
    </MantineProvider>
  );
}

test('counts bytes while typing and says how many are too many, without cutting', () => {
  render(<Form />);
  const field = screen.getByLabelText<HTMLInputElement>('Run id');
  fireEvent.change(field, { target: { value: '日'.repeat(10) } });
  expect(screen.getByText('30 / 32 bytes')).toBeDefined();
  fireEvent.change(field, { target: { value: '日'.repeat(11) } });
  expect(screen.getByText('33 / 32 bytes')).toBeDefined();
  expect(screen.getByText(/^1 byte too many/)).toBeDefined();
  expect(field.value).toBe('日'.repeat(11));
});
