import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { createKeyfiles } from './keyfiles.ts';

const seed = new Uint8Array(32).fill(9);
const expected = addressFromBytes(ed25519.getPublicKey(seed));
const message = Uint8Array.of(1, 2, 3);
const order = { path: '/k.json', allowOpenPermissions: false, expected, message, messageHash: messageHashOf(message) };

const signedWith = (signature: Uint8Array) => ({
  kind: 'answer' as const,
  message: { kind: 'signed', address: expected, signatureBase64: base64.encode(signature) },
});

describe('a signing child', () => {
  test('gives a signature that verifies', async () => {
    const signature = ed25519.sign(message, seed);
    const keyfiles = createKeyfiles(async () => signedWith(signature));
    expect(await keyfiles.sign(order)).toEqual(signature);
  });

  test.each([
    ['over other bytes', ed25519.sign(Uint8Array.of(1, 2, 4), seed)],
    ['with another key', ed25519.sign(message, new Uint8Array(32).fill(1))],
    ['that is too short', new Uint8Array(10)],
    ['of zeros', new Uint8Array(64)],
  ])('that signs %s is not believed', async (_how, signature) => {
    const keyfiles = createKeyfiles(async () => signedWith(signature));
    await expect(keyfiles.sign(order)).rejects.toMatchObject({
      code: 'signer/bad-signature',
      params: { address: expected },
    });
  });

  test('that dies, hangs, crashes inside or answers something else signs nothing', async () => {
    const endings = [
      [{ kind: 'exited', code: 1 }, 'signer/ended'],
      [{ kind: 'timed-out' }, 'signer/no-answer'],
      [{ kind: 'answer', message: { kind: 'crashed' } }, 'signer/ended'],
      [{ kind: 'answer', message: { kind: 'looked', address: expected } }, 'signer/ended'],
      [{ kind: 'answer', message: { kind: 'refused', code: 'no/such-code', params: {} } }, 'signer/ended'],
      [
        { kind: 'answer', message: { kind: 'refused', code: 'keyfile/missing', params: { fileName: 'k.json' } } },
        'keyfile/missing',
      ],
    ] as const;
    for (const [ending, code] of endings) {
      const keyfiles = createKeyfiles(async () => ending);
      await expect(keyfiles.sign(order)).rejects.toMatchObject({ code });
    }
  });
});
