import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { SignedEntry } from '#core/journal/entry.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { ChainNode } from '#main/ports.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { messageFor } from '#test/builders/message-for.ts';
import { askAbout, notAsked, orNothing, readPosition } from './sending-facts.ts';

const payer = someAddress(1);
const account = someAddress(2);
const nonce = someAddress(3);

function entry(message: Uint8Array, changes: Partial<SignedEntry>): SignedEntry {
  return {
    event: 'signed',
    id: 'a',
    planId: '',
    title: 'Send',
    subject: 'send',
    genesisHash: 'g',
    networkName: 'Practice',
    wire: encodeTransaction([new Uint8Array(64).fill(1)], message),
    signature: 's',
    messageHash: 'h',
    feePayer: payer,
    feeLamports: 5000n,
    reviewedAt: 1,
    approvedAt: 2,
    at: 3,
    overrides: [],
    ...changes,
  };
}

const blockhash = { kind: 'blockhash', blockhash: someAddress(9), lastValidBlockHeight: 100n } as const;
const plainMessage = messageFor([], { payer, lifetime: blockhash });
const plain = entry(plainMessage, { lastValidBlockHeight: 100n });
const byNonce = entry(messageFor([], { payer, lifetime: { kind: 'nonce', account, authority: payer, nonce } }), {
  nonceSeenInSlot: 50n,
});

type Told = { slot: bigint; height?: bigint; value?: string; hasHistory?: boolean; seen?: bigint; status?: object };

/** A node that tells this, or is silent. */
function nodeThat(told: Told | 'is silent'): ChainNode {
  const answer = async <T>(read: (told: Told) => T): Promise<T> => {
    if (told === 'is silent') throw new AppError('rpc/unreachable', { origin: 'http://127.0.0.1' });
    return read(told);
  };
  return {
    readFinalizedBlock: () => answer(({ slot, height = 0n }) => ({ slot, height })),
    readFinalizedNonce: (asked: string) =>
      answer(({ slot, value }) => ({ slot, value: asked === account ? value : '' })),
    readStatus: () =>
      answer(({ slot, seen = slot, status, hasHistory = true }) => ({ slot: seen, status, hasHistory })),
  } as unknown as ChainNode;
}

describe('the position of a cluster', () => {
  test('is that of the endpoint that is furthest', async () => {
    const nodes = [{ slot: 5n, height: 4n }, 'is silent', { slot: 9n, height: 8n }, { slot: 7n, height: 6n }] as const;
    expect(await readPosition(plain, nodes.map(nodeThat))).toMatchObject({ slot: 9n, finalizedHeight: 8n });
  });

  test('is not known while nobody answers', async () => {
    const { slot, finalizedHeight, lifetime } = await readPosition(plain, [nodeThat('is silent')]);
    expect([slot, finalizedHeight]).toEqual([undefined, undefined]);
    expect(lifetime).toEqual({ kind: 'blockhash', lastValidBlockHeight: 100n });
  });

  test('says of a nonce what its account holds now', async () => {
    const held = await readPosition(byNonce, [nodeThat({ slot: 60n, value: nonce })]);
    expect(held.lifetime).toEqual({ kind: 'nonce', nonce, storedNonce: nonce });
    const moved = await readPosition(byNonce, [nodeThat({ slot: 60n, value: someAddress(4) })]);
    expect(moved.lifetime).toEqual({ kind: 'nonce', nonce, storedNonce: someAddress(4) });
    const closed = await readPosition(byNonce, [nodeThat({ slot: 60n, value: 'closed' })]);
    expect(closed.lifetime).toEqual({ kind: 'nonce', nonce, storedNonce: 'closed' });
  });

  test('says nothing of a nonce from before it was looked at', async () => {
    const before = await readPosition(byNonce, [nodeThat({ slot: 49n, value: someAddress(4) })]);
    expect(before.lifetime).toEqual({ kind: 'nonce', nonce, storedNonce: undefined });
    const same = await readPosition(byNonce, [nodeThat({ slot: 49n, value: nonce })]);
    expect(same.lifetime).toMatchObject({ storedNonce: nonce });
    const unseen = { ...byNonce };
    delete unseen.nonceSeenInSlot;
    const any = await readPosition(unseen, [nodeThat({ slot: 0n, value: someAddress(4) })]);
    expect(any.lifetime).toMatchObject({ storedNonce: someAddress(4) });
  });
});

describe('what endpoints know of a signature', () => {
  test.each<[string, Told | 'is silent', unknown]>([
    ['its status', { slot: 9n, status: { slot: 8n, err: null, commitment: 'confirmed' } }, { commitment: 'confirmed' }],
    ['nothing, having seen all', { slot: 9n }, 'not-known'],
    ['nothing, being behind', { slot: 9n, seen: 8n }, 'no-answer'],
    ['nothing, without history', { slot: 9n, hasHistory: false }, 'cannot-tell'],
    ['nothing, in silence', 'is silent', 'no-answer'],
  ])('is %s', async (_what, told, answer) => {
    const other = nodeThat({ slot: 9n });
    const { answers } = await askAbout(plain, [nodeThat(told), other]);
    expect(answers).toMatchObject([answer, 'not-known']);
  });

  test('is no answer where nobody told how far the chain is', async () => {
    const status = nodeThat({ slot: 9n });
    const readFinalizedBlock = () => Promise.reject(new AppError('rpc/unreachable', { origin: '' }));
    const { answers } = await askAbout(plain, [{ ...status, readFinalizedBlock }]);
    expect(answers).toEqual(['no-answer']);
  });

  test('is not asked of what nobody was given', () => {
    expect(notAsked(plain)).toMatchObject({ answers: ['no-answer'], finalizedHeight: undefined });
  });
});

test('an entry that tells no height does not die by one', async () => {
  const { lifetime } = await readPosition(entry(plainMessage, {}), [nodeThat({ slot: 9n, height: 2n ** 60n })]);
  expect(lifetime).toEqual({ kind: 'blockhash', lastValidBlockHeight: 2n ** 64n - 1n });
});

test('a fault of ours is no silence of theirs', async () => {
  const fault = new TypeError('a fault');
  await expect(orNothing(() => Promise.reject(fault))).rejects.toBe(fault);
});
