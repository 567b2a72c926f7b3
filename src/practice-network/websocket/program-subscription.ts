import { z } from 'zod';
import { AccountFilters, matchesAll } from '../methods/account-filters.ts';
import { parseParams } from '../methods/define-method.ts';
import { encodeAccount } from '../methods/encode-account.ts';
import { AccountOptions, AddressParam } from '../methods/params.ts';
import type { Subscribe } from './subscription.ts';

const Params = z.tuple([AddressParam, AccountOptions.extend({ filters: AccountFilters.nullish() }).nullish()]);

/** Tells every change of an account the program owns. */
export const subscribeProgram: Subscribe = (params, { chain, notify, when }) => {
  const [program, options] = parseParams(Params, params);
  return {
    onCommit: ({ record: { slot }, changes }) => {
      for (const [pubkey, account] of changes) {
        if (account.owner !== program || !matchesAll(account, options?.filters ?? [])) continue;
        when(options?.commitment ?? 'finalized', slot, () => {
          notify({ context: { slot }, value: { pubkey, account: encodeAccount(account, options, chain) } });
        });
      }
    },
  };
};
