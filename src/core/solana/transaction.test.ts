import { Keypair, VersionedMessage, VersionedTransaction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { compileMessage, le, someAddress, someInstruction } from '#test/builders/message-builder.ts';
import { SYSTEM_PROGRAM } from './program-ids.ts';
import { decodeTransaction, encodeTransaction, formatSignature } from './transaction.ts';

const payer = Keypair.fromSeed(new Uint8Array(32).fill(7));
const message = compileMessage({
  payer: payer.publicKey.toBase58(),
  instructions: [
    someInstruction(
      SYSTEM_PROGRAM,
      [
        [payer.publicKey.toBase58(), 'sw'],
        [someAddress(2), 'w'],
      ],
      [2, 0, 0, 0, ...le(5, 8)],
    ),
  ],
});
const signed = new VersionedTransaction(VersionedMessage.deserialize(message.serialize()));
signed.sign([payer]);
const wire = signed.serialize();

describe('a wire transaction', () => {
  test('is read and written as web3.js does', () => {
    const transaction = decodeTransaction(wire);
    expect(transaction.signatures).toEqual(signed.signatures);
    expect(transaction.messageBytes).toEqual(Uint8Array.from(message.serialize()));
    expect(encodeTransaction(transaction.signatures, transaction.messageBytes)).toEqual(wire);
  });

  test('goes by the base58 of its first signature', () => {
    expect(formatSignature(new Uint8Array(64))).toBe('1'.repeat(64));
  });

  test.each<[string, string, Uint8Array]>([
    ['no bytes', 'message/empty', new Uint8Array()],
    ['no signature places', 'transaction/signature-count', Uint8Array.of(0, ...wire.subarray(65))],
    [
      'a signature too many',
      'transaction/signature-count',
      Uint8Array.of(2, ...wire.subarray(1, 65), ...wire.subarray(1)),
    ],
    ['a byte too many', 'message/trailing-bytes', Uint8Array.of(...wire, 0)],
    ['a signature cut short', 'message/truncated', wire.subarray(0, 40)],
    ['a version 1 transaction', 'message/version-unsupported', Uint8Array.of(0x81, ...wire.subarray(1))],
    ['an over-long signature count', 'message/length-not-canonical', Uint8Array.of(0x80, 0, ...wire.subarray(1))],
    ['more than a packet', 'message/too-large', new Uint8Array(1233)],
  ])('is refused with %s', (_name, code, bytes) => {
    expect(() => decodeTransaction(bytes)).toThrow(expect.objectContaining({ code }));
  });

  test('is not written with signatures missing or of another length', () => {
    const { messageBytes } = decodeTransaction(wire);
    expect(() => encodeTransaction([], messageBytes)).toThrow(
      expect.objectContaining({ code: 'transaction/signature-count' }),
    );
    expect(() => encodeTransaction([new Uint8Array(63)], messageBytes)).toThrow(RangeError);
  });
});
