import { z } from 'zod';
import { AccountFilters, matchesAll } from './account-filters.ts';
import { defineMethod } from './define-method.ts';
import { encodeAccount } from './encode-account.ts';
import { AccountOptions, AddressParam, contextAt } from './params.ts';

const Options = AccountOptions.extend({ filters: AccountFilters.nullish(), withContext: z.boolean().nullish() });

export const getProgramAccounts = defineMethod(
  z.tuple([AddressParam, Options.nullish()]),
  ([program, options], chain) => {
    const value = chain
      .accountsOwnedBy(program)
      .filter(({ account }) => matchesAll(account, options?.filters ?? []))
      .map(({ address, account }) => ({ pubkey: address, account: encodeAccount(account, options, chain) }));
    const context = contextAt(chain, options);
    return options?.withContext ? { context, value } : value;
  },
);
