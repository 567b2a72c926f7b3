import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { basename } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { createKeyfile } from './create-keyfile.ts';
import type { SignerReply, SignerRequest } from './messages.ts';
import { withKeypair } from './open-keypair.ts';

/** Answers the one request a signing child gets. What nobody foresaw is answered without detail. */
export function answer(request: SignerRequest): SignerReply {
  try {
    switch (request.kind) {
      case 'look':
        return withKeypair(request.path, request.allowOpenPermissions, (_seed, address) => ({
          kind: 'looked',
          address,
        }));
      case 'sign':
        return sign(request);
      case 'create':
        return { kind: 'created', ...createKeyfile(request.folder, request.fileName) };
    }
  } catch (error) {
    if (isAppError(error)) return { kind: 'refused', code: error.code, params: error.params as Record<string, string> };
    return { kind: 'crashed' };
  }
}

/** Signs the approved bytes with the expected key, or nothing. */
function sign(request: Extract<SignerRequest, { kind: 'sign' }>): SignerReply {
  const message = base64.decode(request.messageBase64);
  if (messageHashOf(message) !== request.messageHash) throw new AppError('signer/wrong-message', {});
  return withKeypair(request.path, request.allowOpenPermissions, (seed, address) => {
    if (address !== request.expected) {
      const fileName = basename(request.path);
      throw new AppError('keyfile/foreign-key', { fileName, expected: request.expected, found: address });
    }
    return { kind: 'signed', address, signatureBase64: base64.encode(ed25519.sign(message, seed)) };
  });
}
