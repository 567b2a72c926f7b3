import { expect, test } from 'vitest';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { wireSigners } from './wire-signers.ts';

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
});
