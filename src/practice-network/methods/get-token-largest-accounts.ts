import { z } from 'zod';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { readTokenAccount } from '../chain/token-accounts.ts';
import { defineMethod } from './define-method.ts';
import { mintParam } from './mint-param.ts';
import { AddressParam, contextAt, ReadOptions } from './params.ts';
import { uiTokenAmount } from './parsed-data.ts';

/** Accounts answered. Source: agave, `NUM_LARGEST_ACCOUNTS`. */
const LARGEST = 20;

export const getTokenLargestAccounts = defineMethod(
  z.tuple([AddressParam, ReadOptions.nullish()]),
  ([mint, options], chain) => {
    const { decimals } = mintParam(chain, mint);
    const value = chain
      .accountsOwnedBy(TOKEN_PROGRAM)
      .flatMap(({ address, account }) => {
        const token = readTokenAccount(account);
        return token?.mint === mint ? [{ address, amount: token.amount }] : [];
      })
      .toSorted((a, b) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : 0))
      .slice(0, LARGEST)
      .map(({ address, amount }) => ({ address, ...uiTokenAmount(amount, decimals) }));
    return { context: contextAt(chain, options), value };
  },
);
