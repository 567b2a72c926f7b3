import fc from 'fast-check';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { buildMessage, wirePartsOf, wireSizeOf } from './build.ts';

const key = (number: number) => new PublicKey(new Uint8Array(32).fill(number));
const PAYER = addressFromBytes(new Uint8Array(32).fill(1));
const SIGNATURE_BYTES = 64;

/** Few keys, so that one is often payer, program and account at once. */
const keyNumber = fc.integer({ min: 1, max: 6 });
const instruction = fc
  .record({
    program: keyNumber,
    keys: fc.array(fc.record({ key: keyNumber, isSigner: fc.boolean(), isWritable: fc.boolean() }), { maxLength: 140 }),
    dataBytes: fc.nat(200),
  })
  .map(
    ({ program, keys, dataBytes }) =>
      new TransactionInstruction({
        programId: key(program),
        keys: keys.map(({ key: number, ...flags }) => ({ pubkey: key(number), ...flags })),
        data: Buffer.alloc(dataBytes),
      }),
  );

test('the counted bytes are those of the transaction as it is built', () => {
  fc.assert(
    fc.property(fc.array(instruction, { maxLength: 4 }), (instructions) => {
      const blockhash = '1'.repeat(32);
      const message = buildMessage(instructions, { payer: PAYER, blockhash });
      const [signatures = 0] = message;
      const { sizeBytes, parts } = wirePartsOf(instructions, PAYER);
      expect(sizeBytes).toBe(1 + SIGNATURE_BYTES * signatures + message.length);
      expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sizeBytes);
      expect(wireSizeOf(instructions, PAYER)).toBe(sizeBytes);
    }),
  );
});

test('data too long for any transaction is counted to the byte, its length of three bytes included', () => {
  const withData = (bytes: number) =>
    wireSizeOf([new TransactionInstruction({ programId: key(2), keys: [], data: Buffer.alloc(bytes) })], PAYER);
  expect(withData(0x3fff) - withData(0)).toBe(0x3fff + 1);
  expect(withData(0x4000) - withData(0)).toBe(0x4000 + 2);
});
