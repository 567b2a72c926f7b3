import { z } from 'zod';
import type { LandedTransaction, TokenChange } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { AddressText, U64 } from '#core/units/wire.ts';
import { Logs, RpcU64 } from './replies.ts';

const TokenBalance = z.object({
  accountIndex: z.int().nonnegative(),
  mint: AddressText,
  owner: AddressText.nullish(),
  uiTokenAmount: z.object({ amount: U64, decimals: z.int().min(0).max(255) }),
});

type TokenBalance = z.output<typeof TokenBalance>;

/** `getTransaction` as far as it tells what changed. `null`: the node no longer has it. */
export const LandedReply = z
  .object({
    meta: z
      .object({
        logMessages: Logs,
        preBalances: z.array(RpcU64),
        postBalances: z.array(RpcU64),
        preTokenBalances: z.array(TokenBalance).nullish(),
        postTokenBalances: z.array(TokenBalance).nullish(),
        loadedAddresses: z.object({ writable: z.array(AddressText), readonly: z.array(AddressText) }).nullish(),
      })
      .nullish(),
  })
  .nullable();

/**
 * What changed, account by account. A node names accounts by their place: those of the message, then those from tables. Nothing
 * when the counts do not fit, because then every name would be a guess.
 */
export function landedOf(
  reply: z.output<typeof LandedReply>,
  staticKeys: readonly Address[],
): LandedTransaction | undefined {
  const meta = reply?.meta;
  if (!meta) return undefined;
  const { writable = [], readonly = [] } = meta.loadedAddresses ?? {};
  const accounts = [...staticKeys, ...writable, ...readonly];
  const { preBalances, postBalances } = meta;
  if (preBalances.length !== accounts.length || postBalances.length !== accounts.length) return undefined;
  const balances = accounts.map((address, index) => ({
    address,
    before: preBalances[index] ?? 0n,
    after: postBalances[index] ?? 0n,
  }));
  return {
    logs: meta.logMessages,
    balances: balances.filter(({ before, after }) => before !== after),
    tokens: tokenChanges(accounts, meta.preTokenBalances ?? [], meta.postTokenBalances ?? []),
  };
}

function tokenChanges(
  accounts: readonly Address[],
  before: readonly TokenBalance[],
  after: readonly TokenBalance[],
): TokenChange[] {
  const indexes = new Set([...before, ...after].map(({ accountIndex }) => accountIndex));
  return [...indexes].flatMap((index): TokenChange[] => {
    const [first, last] = [before, after].map((list) => list.find(({ accountIndex }) => accountIndex === index));
    const known = last ?? first;
    const account = accounts[index];
    if (!known || account === undefined) return [];
    const [was, is] = [first?.uiTokenAmount.amount ?? 0n, last?.uiTokenAmount.amount ?? 0n];
    if (was === is) return [];
    const { mint, owner, uiTokenAmount } = known;
    return [{ account, owner: owner ?? undefined, mint, decimals: uiTokenAmount.decimals, before: was, after: is }];
  });
}
