import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { encodeAccount } from './encode-account.ts';
import { AccountOptions, AddressParam, contextAt } from './params.ts';

export const getAccountInfo = defineMethod(
  z.tuple([AddressParam, AccountOptions.nullish()]),
  ([address, options], chain) => {
    const account = chain.account(address);
    return { context: contextAt(chain, options), value: account ? encodeAccount(account, options, chain) : null };
  },
);
