import { expect, test } from 'vitest';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { missingSigners, signatureOf, wireSigners, withSignaturesOf } from './wire-signatures.ts';

test.each(['legacy', 0] as const)('names those who sign a %s transaction, as the whole message does', (version) => {
  const signers = Array.from({ length: 3 }, (_, index) => [someAddress(30 + index), 's'] as const);
  const message = someMessage({ version, instructions: [someInstruction(someAddress(5), signers, [1])] });
  const { staticKeys, header } = passCanonicalGate(message);
  const wire = encodeTransaction(
    Array.from({ length: 4 }, () => new Uint8Array(64)),
    message,
  );
  expect(wireSigners(wire)).toEqual(staticKeys.slice(0, header.requiredSignatures));
  expect(wireSigners(wire)).toHaveLength(4);
  expect(missingSigners(wire)).toEqual(wireSigners(wire));
  const partly = wire.with(1 + 64, 7);
  expect(missingSigners(partly)).toEqual(wireSigners(wire).filter((_signer, index) => index !== 1));
});

test('puts the signatures of two copies together, and keeps the first one’s where both have one', () => {
  const signers = Array.from({ length: 2 }, (_, index) => [someAddress(30 + index), 's'] as const);
  const message = someMessage({ instructions: [someInstruction(someAddress(5), signers, [1])] });
  const copy = (...fills: readonly number[]) =>
    encodeTransaction(
      fills.map((fill) => new Uint8Array(64).fill(fill)),
      message,
    );
  expect(withSignaturesOf(copy(0, 2, 0), copy(1, 0, 0))).toEqual(copy(1, 2, 0));
  expect(withSignaturesOf(copy(1, 0, 3), copy(7, 2, 7))).toEqual(copy(1, 2, 3));
  expect(signatureOf(withSignaturesOf(copy(0, 2, 0), copy(0, 9, 3)))).toBe('');
});
