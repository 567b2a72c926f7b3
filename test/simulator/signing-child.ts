import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import type { ChildAnswer } from '#main/ports.ts';
import type { SignerReply, SignerRequest } from '#signer/messages.ts';
import type { Disk } from './disk.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What may go wrong with the child that signs. */
export const CHILD_FAULTS = ['child died', 'child hung', 'child lied'] as const;

export type ChildFault = (typeof CHILD_FAULTS)[number];
export type ChildRates = Partial<Record<ChildFault, number>>;

/** Main waits this long for an answer. Source: security-bar.md §3.9. */
const HUNG_MS = 10_000;

/** A key that is the same in every run. */
export type SimKey = { readonly seed: Uint8Array; readonly address: Address };

/** A key by number, for a world. */
export function simKey(fill: number): SimKey {
  const seed = new Uint8Array(32).fill(fill);
  return { seed, address: addressFromBytes(ed25519.getPublicKey(seed)) };
}

/** The signing child on a simulated disk: keyfiles there hold the bare 32 bytes of a seed. */
export function createSigningChild({
  disk,
  random,
  time,
  rates,
  count,
}: {
  disk: Disk;
  random: Random;
  time: VirtualTime;
  rates: () => ChildRates;
  count: (fault: ChildFault) => void;
}): (request: SignerRequest) => Promise<ChildAnswer> {
  const happens = (fault: ChildFault): boolean => {
    if (!random.chance(rates()[fault] ?? 0)) return false;
    count(fault);
    return true;
  };

  function reply(request: SignerRequest): SignerReply {
    switch (request.kind) {
      case 'sign': {
        const seed = disk.read(request.path);
        if (!seed) return { kind: 'refused', code: 'keyfile/missing', params: { fileName: 'key.json' } };
        const message = base64.decode(request.messageBase64);
        if (messageHashOf(message) !== request.messageHash) return { kind: 'crashed' };
        const signed = happens('child lied') ? message.toReversed() : message;
        return {
          kind: 'signed',
          address: request.expected,
          signatureBase64: base64.encode(ed25519.sign(signed, seed)),
        };
      }
      case 'create': {
        const seed = random.bytes(32);
        const address = addressFromBytes(ed25519.getPublicKey(seed));
        disk.put(`${request.folder}/${address}.json`, seed);
        return { kind: 'created', address, fileName: `${address}.json` };
      }
      case 'look':
      case 'encrypt':
      case 'make':
        return { kind: 'crashed' };
    }
  }

  return async (request) => {
    if (happens('child died')) return { kind: 'exited', code: 1 };
    if (happens('child hung')) {
      await time.sleep(HUNG_MS);
      return { kind: 'timed-out' };
    }
    return { kind: 'answer', message: reply(request) };
  };
}
