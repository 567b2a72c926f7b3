import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import type { ChildAnswer } from '#main/ports.ts';
import type { SignerRequest } from '#signer/messages.ts';

/** How a signing child may fail its main process. */
export const CHILD_LIES = [
  'not started',
  'died',
  'hung',
  'crashed inside',
  'wrong key',
  'other bytes',
  'one bit off',
  'zeros',
  'too short',
  'too long',
  'empty',
  'not base64',
  'null',
  'nothing',
  'a number',
  'a text',
  'a list',
  'no kind',
  'unknown kind',
  'another kind',
  'a signature of no text',
  'no signature',
  'more than asked',
  'a refusal without a code',
  'a refusal of no catalogue',
  'a refusal with a nested parameter',
  'a poisoned refusal',
] as const;

export type ChildLie = (typeof CHILD_LIES)[number];

/**
 * The answer of a child that fails this way. `not started` throws, as starting a process does.
 *
 * @param sign - with the key that is asked for, whatever bytes
 */
export function lieOf(lie: ChildLie, request: SignerRequest, sign: (bytes: Uint8Array) => Uint8Array): ChildAnswer {
  switch (lie) {
    case 'not started':
      throw new Error('no process could be started');
    case 'died':
      return { kind: 'exited', code: 139 };
    case 'hung':
      return { kind: 'timed-out' };
    default:
      return { kind: 'answer', message: messageOfLie(lie, request, sign) };
  }
}

function messageOfLie(
  lie: Exclude<ChildLie, 'not started' | 'died' | 'hung'>,
  request: SignerRequest,
  sign: (bytes: Uint8Array) => Uint8Array,
): unknown {
  const message = request.kind === 'sign' ? base64.decode(request.messageBase64) : new Uint8Array(200);
  const address = 'expected' in request ? request.expected : '11111111111111111111111111111111';
  const signed = (signatureBase64: unknown, more = {}) => ({ kind: 'signed', address, signatureBase64, ...more });
  switch (lie) {
    case 'crashed inside':
      return { kind: 'crashed' };
    case 'wrong key':
      return signed(base64.encode(ed25519.sign(message, new Uint8Array(32).fill(99))));
    case 'other bytes':
      return signed(base64.encode(sign(message.toReversed())));
    case 'one bit off':
      return signed(base64.encode(sign(message.with(message.length - 1, (message.at(-1) ?? 0) ^ 1))));
    case 'zeros':
      return signed(base64.encode(new Uint8Array(64)));
    case 'too short':
      return signed(base64.encode(new Uint8Array(63).fill(1)));
    case 'too long':
      return signed(base64.encode(new Uint8Array(65).fill(1)));
    case 'empty':
      return signed('');
    case 'not base64':
      return signed('!!! no base64 !!!');
    case 'null':
      return null;
    case 'nothing':
      return undefined;
    case 'a number':
      return 7;
    case 'a text':
      return 'signed';
    case 'a list':
      return [signed('')];
    case 'no kind':
      return { address };
    case 'unknown kind':
      return { kind: 'constructor' };
    case 'another kind':
      return request.kind === 'look' ? { kind: 'crashed' } : { kind: 'looked', address };
    case 'a signature of no text':
      return signed(new Uint8Array(64));
    case 'no signature':
      return { kind: 'signed', address };
    case 'more than asked':
      return { kind: 'signed', address, signatureBase64: '', seed: [1, 2, 3] };
    case 'a refusal without a code':
      return { kind: 'refused', params: {} };
    case 'a refusal of no catalogue':
      return { kind: 'refused', code: 'toString', params: {} };
    case 'a refusal with a nested parameter':
      return { kind: 'refused', code: 'keyfile/missing', params: { fileName: { toString: 'x' } } };
    case 'a poisoned refusal':
      return JSON.parse('{"kind":"refused","code":"__proto__","params":{"__proto__":{"polluted":true}}}');
  }
}
