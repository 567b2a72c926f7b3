import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { contextAt, ReadOptions } from './params.ts';

const Options = ReadOptions.extend({ excludeNonCirculatingAccountsList: z.boolean().nullish() });

/** Lamports; what the faucet still holds does not circulate. */
export const getSupply = defineMethod(z.tuple([Options.nullish()]), ([options], chain) => {
  let total = 0n;
  for (const [, account] of chain.accounts()) total += account.lamports;
  const faucet = chain.faucet();
  const nonCirculating = chain.account(faucet)?.lamports ?? 0n;
  const nonCirculatingAccounts = options?.excludeNonCirculatingAccountsList ? [] : [faucet];
  return {
    context: contextAt(chain, options),
    value: { total, circulating: total - nonCirculating, nonCirculating, nonCirculatingAccounts },
  };
});
