import { expect, test } from 'vitest';
import { equalBytes } from './equal-bytes.ts';

test('bytes are the same when every one of them is, and there are as many', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(equalBytes(bytes, Uint8Array.of(1, 2, 3))).toBe(true);
  expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  for (const other of [[1, 2], [1, 2, 3, 0], [1, 2, 4], [0, 2, 3], []]) {
    expect(equalBytes(bytes, Uint8Array.from(other))).toBe(false);
    expect(equalBytes(Uint8Array.from(other), bytes)).toBe(false);
  }
});
