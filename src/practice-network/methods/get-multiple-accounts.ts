import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { encodeAccount } from './encode-account.ts';
import { AccountOptions, AddressParam, contextAt } from './params.ts';

/** Most addresses in one request. Source: agave, `MAX_MULTIPLE_ACCOUNTS`. */
const MAX_ADDRESSES = 100;

export const getMultipleAccounts = defineMethod(
  z.tuple([z.array(AddressParam).max(MAX_ADDRESSES), AccountOptions.nullish()]),
  ([addresses, options], chain) => ({
    context: contextAt(chain, options),
    value: addresses.map((address) => {
      const account = chain.account(address);
      return account ? encodeAccount(account, options, chain) : null;
    }),
  }),
);
