import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { MEMO_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { HANDED_MAX_CHARACTERS } from './handed-transaction.ts';
import { readHanded } from './read-handed.ts';

const [payerSeed, otherSeed] = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)];
const payer = addressFromBytes(ed25519.getPublicKey(payerSeed));
const other = addressFromBytes(ed25519.getPublicKey(otherSeed));
const message = someMessage({ payer, instructions: [someInstruction(MEMO_PROGRAM, [[other, 's']], [65])] });
const [payerSignature, otherSignature] = [ed25519.sign(message, payerSeed), ed25519.sign(message, otherSeed)];
const missing = new Uint8Array(64);
const textOf = (...signatures: Uint8Array[]) => base64.encode(encodeTransaction(signatures, message));

describe('a transaction that comes as text', () => {
  test('brings its message and every signature it has', () => {
    expect(readHanded(textOf(payerSignature, otherSignature))).toEqual({
      message,
      signatures: [payerSignature, otherSignature],
    });
    expect(readHanded(textOf(missing, otherSignature)).signatures).toEqual([undefined, otherSignature]);
  });

  test('may be broken into lines', () => {
    const text = textOf(payerSignature, missing);
    const lines = ` ${text.replace(/.{40}/g, '$&\r\n\t')}\n`;
    expect(readHanded(lines)).toEqual(readHanded(text));
  });

  test('may be a bare message, which lacks all its signatures', () => {
    expect(readHanded(base64.encode(message))).toEqual({ message, signatures: [undefined, undefined] });
  });

  test.each([
    ['for another message', ed25519.sign(message.with(message.length - 1, 66), payerSeed), missing],
    ['of another key', otherSignature, missing],
    ['in another’s place', otherSignature, payerSignature],
    ['of noise', missing, new Uint8Array(64).fill(7)],
  ])('is refused with a signature %s', (_what, first, second) => {
    expect(errorCodeOf(() => readHanded(textOf(first, second)))).toBe('handed/bad-signature');
  });

  test.each([
    ['nothing', '', 'handed/not-base64'],
    ['spaces', ' \n\t ', 'handed/not-base64'],
    ['words', 'please sign this', 'handed/not-base64'],
    ['too much', 'A'.repeat(HANDED_MAX_CHARACTERS + 1), 'handed/too-long'],
    ['as much as may be, of nothing', 'A'.repeat(HANDED_MAX_CHARACTERS), 'message/too-large'],
    ['half of one', textOf(payerSignature, otherSignature).slice(0, 80), 'message/truncated'],
    ['one with a byte behind it', base64.encode(Uint8Array.of(...message, 0)), 'message/truncated'],
  ])('is refused as %s', (_what, text, code) => {
    expect(errorCodeOf(() => readHanded(text))).toBe(code);
  });
});
