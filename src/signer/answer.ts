import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { basename } from 'node:path';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { createKeyfile } from './create-keyfile.ts';
import type { KeyfileAccess, SignerReply, SignerRequest } from './messages.ts';
import { makeKey } from './new-key.ts';
import { withKeypair } from './open-keypair.ts';
import { writeProtected } from './write-protected.ts';

/**
 * Answers the one request a signing child gets and wipes the passphrase that came with it. What nobody foresaw is answered
 * without detail.
 */
export async function answer(request: SignerRequest): Promise<SignerReply> {
  try {
    return await carryOut(request);
  } catch (error) {
    if (isAppError(error)) return { kind: 'refused', code: error.code, params: error.params as Record<string, string> };
    return { kind: 'crashed' };
  } finally {
    if ('passphrase' in request) request.passphrase?.fill(0);
  }
}

async function carryOut(request: SignerRequest): Promise<SignerReply> {
  switch (request.kind) {
    case 'look':
      return withKeypair(request, (_seed, address) => ({ kind: 'looked', address }));
    case 'sign':
      return sign(request);
    case 'create':
      return { kind: 'created', ...createKeyfile(request.folder, request.fileName) };
    case 'encrypt':
      return encrypt(request);
    case 'make':
      return { kind: 'made', ...(await makeKey(request)) };
  }
}

/** Signs the approved bytes with the expected key, or nothing. */
async function sign(request: Extract<SignerRequest, { kind: 'sign' }>): Promise<SignerReply> {
  const message = base64.decode(request.messageBase64);
  if (messageHashOf(message) !== request.messageHash) throw new AppError('signer/wrong-message', {});
  return withExpected(request, request.expected, (seed, address) => ({
    kind: 'signed',
    address,
    signatureBase64: base64.encode(ed25519.sign(message, seed)),
  }));
}

/** A second, encrypted file with the key of a plain one. The plain one stays as it is. */
async function encrypt(request: Extract<SignerRequest, { kind: 'encrypt' }>): Promise<SignerReply> {
  const { path, allowOpenPermissions, targetPath, passphrase } = request;
  return withExpected({ path, allowOpenPermissions }, request.expected, async (seed, address) => {
    await writeProtected({ path: targetPath, seed, passphrase });
    return { kind: 'encrypted', address };
  });
}

/** @throws AppError `keyfile/foreign-key`, `keyfile/…` */
function withExpected(
  access: KeyfileAccess,
  expected: string,
  use: (seed: Uint8Array, address: string) => SignerReply | Promise<SignerReply>,
): Promise<SignerReply> {
  return withKeypair(access, (seed, address) => {
    if (address === expected) return use(seed, address);
    throw new AppError('keyfile/foreign-key', { fileName: basename(access.path), expected, found: address });
  });
}
