import { expect, test } from 'vitest';
import { addressFromBytes } from '#core/solana/address.ts';
import { landedOf, LandedReply } from './landed-transaction.ts';

const [payer, vault, table, mint] = [1, 2, 3, 4].map((fill) => addressFromBytes(new Uint8Array(32).fill(fill)));
const keys = [payer, vault].flatMap((key) => key ?? []);

const meta = {
  logMessages: ['Program log: a\u202Eb'],
  preBalances: [10_000, 5, 7],
  postBalances: [5_000, 5, 8],
  preTokenBalances: [
    { accountIndex: 2, mint, owner: payer, uiTokenAmount: { amount: '18446744073709551615', decimals: 6 } },
  ],
  postTokenBalances: [
    { accountIndex: 1, mint, uiTokenAmount: { amount: '7', decimals: 6 } },
    { accountIndex: 9, mint, uiTokenAmount: { amount: '7', decimals: 6 } },
  ],
  loadedAddresses: { writable: [table], readonly: [] },
};

test('names every account that changed, tables included, with exact amounts', () => {
  const landed = landedOf(LandedReply.parse({ meta }), keys);
  expect(landed?.logs).toEqual(['Program log: a\uFFFDb']);
  expect(landed?.balances).toEqual([
    { address: payer, before: 10_000n, after: 5_000n },
    { address: table, before: 7n, after: 8n },
  ]);
  expect(landed?.tokens).toEqual([
    { account: table, owner: payer, mint, decimals: 6, before: 2n ** 64n - 1n, after: 0n },
    { account: vault, owner: undefined, mint, decimals: 6, before: 0n, after: 7n },
  ]);
});

test('names nobody when the node counts other accounts than the message', () => {
  expect(landedOf(LandedReply.parse({ meta: { ...meta, loadedAddresses: null } }), keys)).toBeUndefined();
});

test('a node that no longer has it tells nothing', () => {
  expect(landedOf(LandedReply.parse(null), keys)).toBeUndefined();
  expect(landedOf(LandedReply.parse({ meta: null }), keys)).toBeUndefined();
});
