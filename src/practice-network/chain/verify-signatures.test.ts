import { expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { verifySignatures } from './verify-signatures.ts';

test('takes a signature of zeros for no message as the system program’s', () => {
  const zeros = [new Uint8Array(64)];
  const messages = Array.from({ length: 64 }, (_, index) => Uint8Array.of(index));
  expect(messages.some((message) => verifySignatures(message, zeros, [SYSTEM_PROGRAM]))).toBe(false);
});
