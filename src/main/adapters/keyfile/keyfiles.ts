import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { lstat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#core/errors/app-error.ts';
import { catalog, type ErrorCode } from '#core/errors/catalog.ts';
import { type Address, addressToBytes, parseAddress } from '#core/solana/address.ts';
import type { SignerReply, SignerRequest } from '#signer/messages.ts';
import { readSignerReply } from './read-signer-reply.ts';

/** How a one-shot child ended. */
type ChildAnswer =
  | { readonly kind: 'answer'; readonly message: unknown }
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timed-out' };

/** As long as a signing child may live. Source: security-bar.md §3.9. */
const CHILD_SECONDS = 10;

/**
 * Keyfiles by way of the signing child, which alone sees what is in them. Every signature is verified here before
 * anybody gets it. A passphrase is wiped as soon as the child has it.
 *
 * @param askSigner - starts a fresh child, gives it a copy of the request before it returns, takes its one answer
 */
export function createKeyfiles(askSigner: (request: SignerRequest) => Promise<ChildAnswer>) {
  async function ask<K extends SignerReply['kind']>(request: SignerRequest, wanted: K) {
    const answering = askSigner(request);
    // Handed over: the child has its own copy.
    if ('passphrase' in request) request.passphrase?.fill(0);
    const answer = await orEnded(answering);
    if (answer.kind === 'timed-out') throw new AppError('signer/no-answer', { seconds: CHILD_SECONDS });
    if (answer.kind === 'exited') throw new AppError('signer/ended', {});
    const reply = readSignerReply(answer.message);
    if (reply?.kind === 'refused') throw refusal(reply);
    if (reply?.kind !== wanted) throw new AppError('signer/ended', {});
    return reply as Extract<SignerReply, { kind: K }>;
  }

  return {
    async look(path: string, allowOpenPermissions: boolean, passphrase?: Uint8Array): Promise<Address> {
      const { address } = await ask({ kind: 'look', path, allowOpenPermissions, passphrase }, 'looked');
      return parseAddress(address);
    },

    async sign(order: {
      path: string;
      allowOpenPermissions: boolean;
      expected: Address;
      messageHash: string;
      message: Uint8Array;
      passphrase?: Uint8Array | undefined;
    }): Promise<Uint8Array> {
      const { message, ...rest } = order;
      const request: SignerRequest = { kind: 'sign', ...rest, messageBase64: base64.encode(message) };
      const { signatureBase64 } = await ask(request, 'signed');
      const signature = base64.decode(signatureBase64);
      if (!verifies(signature, message, order.expected)) {
        throw new AppError('signer/bad-signature', { address: order.expected });
      }
      return signature;
    },

    async create(folder: string, fileName: string): Promise<{ address: Address; path: string }> {
      const created = await ask({ kind: 'create', folder, fileName }, 'created');
      return { address: parseAddress(created.address), path: join(folder, created.fileName) };
    },

    async encrypt(order: {
      path: string;
      allowOpenPermissions: boolean;
      expected: Address;
      targetPath: string;
      passphrase: Uint8Array;
    }): Promise<void> {
      await ask({ kind: 'encrypt', ...order }, 'encrypted');
    },

    async make(order: {
      targetPath: string;
      passphrase: Uint8Array | undefined;
      withWords: boolean;
    }): Promise<{ address: Address; words: Uint8Array }> {
      const { address, words } = await ask({ kind: 'make', ...order }, 'made');
      return { address: parseAddress(address), words };
    },

    outsideOf,

    async remove(path: string): Promise<void> {
      await unlink(path).catch(() => undefined);
    },
  };
}

/** A child that could not even be started signs as little as one that died. */
async function orEnded(answering: Promise<ChildAnswer>): Promise<ChildAnswer> {
  try {
    return await answering;
  } catch (cause) {
    throw new AppError('signer/ended', {}, { cause });
  }
}

/** Group and others. */
const OPEN_MODE_BITS = 0o077;

/** What the file looks like from outside: its content is only read when signing. */
async function outsideOf(path: string): Promise<'ready' | 'missing' | 'readable-by-others' | 'not-a-file'> {
  try {
    const stat = await lstat(path);
    if (!stat.isFile()) return 'not-a-file';
    if (process.platform !== 'win32' && (stat.mode & OPEN_MODE_BITS) !== 0) return 'readable-by-others';
    return 'ready';
  } catch {
    return 'missing';
  }
}

function refusal({ code, params }: Extract<SignerReply, { kind: 'refused' }>): AppError {
  if (!Object.hasOwn(catalog, code)) return new AppError('signer/ended', {});
  return new AppError(code as ErrorCode, params as never);
}

/** A signature of the wrong length makes the library throw; it verifies just as little. */
function verifies(signature: Uint8Array, message: Uint8Array, address: Address): boolean {
  try {
    return ed25519.verify(signature, message, addressToBytes(address));
  } catch {
    return false;
  }
}
