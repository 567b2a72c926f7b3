import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { JournaledTransaction, SignedEntry } from '#core/journal/entry.ts';
import type { Address } from '#core/solana/address.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { ChainNode } from '#main/ports.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { messageFor } from '#test/builders/message-for.ts';
import { lookForCompleted } from './sending-search.ts';

const payer = someAddress(1);
const account = someAddress(2);
const blockhash = { kind: 'blockhash', blockhash: someAddress(9), lastValidBlockHeight: 100n } as const;
const nonce = { kind: 'nonce', account, authority: payer, nonce: someAddress(3) } as const;

function waiting(lifetime: typeof blockhash | typeof nonce, changes: Partial<JournaledTransaction> = {}) {
  const message = messageFor([], { payer, lifetime });
  const signed: SignedEntry = {
    event: 'signed',
    id: 'a',
    planId: '',
    title: 'Send',
    subject: 'send',
    genesisHash: 'g',
    networkName: 'Practice',
    wire: encodeTransaction([new Uint8Array(64)], message),
    signature: '',
    messageHash: messageHashOf(message),
    feePayer: payer,
    feeLamports: 5000n,
    ...(lifetime.kind === 'blockhash' ? { lastValidBlockHeight: lifetime.lastValidBlockHeight } : {}),
    reviewedAt: 1,
    approvedAt: 2,
    at: 3,
    overrides: [],
  };
  const whole = encodeTransaction([new Uint8Array(64).fill(7)], message);
  return { transaction: { signed, exportedAt: 4, ...changes } as JournaledTransaction, message, whole };
}

type Found = { wire: Uint8Array | undefined; isComplete: boolean };

/** A node far past every height and nonce, on which so much was found. */
function nodeWith(found: Found | 'is silent', searched: Address[] = [], height = 1_000n): ChainNode {
  return {
    readFinalizedBlock: async () => ({ slot: 9n, height }),
    readFinalizedNonce: async () => ({ slot: 9n, value: someAddress(4) }),
    findLanded: async (address: Address, isIt: (message: Uint8Array) => boolean) => {
      searched.push(address);
      if (found === 'is silent') throw new AppError('rpc/unreachable', { origin: '' });
      expect(isIt(new Uint8Array(3))).toBe(false);
      return found;
    },
  } as unknown as ChainNode;
}

const nothing: Found = { wire: undefined, isComplete: true };

describe('a transaction that lacks signatures', () => {
  test('waits while it can still land, and nothing is searched', async () => {
    const { transaction } = waiting(blockhash);
    const searched: Address[] = [];
    expect(await lookForCompleted(transaction, [nodeWith(nothing, searched, 100n)])).toEqual({ kind: 'wait' });
    expect(await lookForCompleted(transaction, [nodeWith(nothing, searched, 132n)])).toEqual({ kind: 'wait' });
    expect(searched).toEqual([]);
  });

  test('is dead by its height alone when nobody was given its bytes', async () => {
    const { exportedAt: _, ...kept } = waiting(blockhash).transaction;
    const searched: Address[] = [];
    expect(await lookForCompleted(kept, [nodeWith(nothing, searched)])).toEqual({ kind: 'expired' });
    expect(searched).toEqual([]);
  });

  test('is found on the chain by its message when others completed it', async () => {
    const { transaction, whole } = waiting(blockhash);
    const found = await lookForCompleted(transaction, [
      nodeWith(nothing),
      nodeWith({ wire: whole, isComplete: false }),
    ]);
    expect(found).toEqual({ kind: 'completed', wire: whole });
  });

  test('is searched for where it must have written: its fee payer, or its nonce account', async () => {
    const searched: Address[] = [];
    expect(await lookForCompleted(waiting(blockhash).transaction, [nodeWith(nothing, searched)])).toEqual({
      kind: 'expired',
    });
    expect(await lookForCompleted(waiting(nonce).transaction, [nodeWith(nothing, searched)])).toEqual({
      kind: 'nonce-used',
    });
    expect(searched).toEqual([payer, account]);
  });

  test('is not dead after a search that did not reach its end', async () => {
    const { transaction } = waiting(blockhash);
    const broken = nodeWith({ wire: undefined, isComplete: false });
    expect(await lookForCompleted(transaction, [broken])).toEqual({ kind: 'watch' });
  });

  test('is not dead while an endpoint is silent', async () => {
    const { transaction } = waiting(nonce);
    expect(await lookForCompleted(transaction, [nodeWith(nothing), nodeWith('is silent')])).toEqual({ kind: 'watch' });
  });
});
