import { z } from 'zod';
import { EMPTY_ACCOUNT } from '../runtime/accounts.ts';
import { parseParams } from '../methods/define-method.ts';
import { encodeAccount } from '../methods/encode-account.ts';
import { AccountOptions, AddressParam } from '../methods/params.ts';
import type { Subscribe } from './subscription.ts';

const Params = z.tuple([AddressParam, AccountOptions.nullish()]);

/** Tells every change of one account; a removed one is shown empty. */
export const subscribeAccount: Subscribe = (params, { chain, notify, when }) => {
  const [address, options] = parseParams(Params, params);
  return {
    onCommit: ({ record: { slot }, changes }) => {
      const change = changes.get(address);
      if (!change) return;
      const account = change.lamports === 0n ? EMPTY_ACCOUNT : change;
      when(options?.commitment ?? 'finalized', slot, () => {
        notify({ context: { slot }, value: encodeAccount(account, options, chain) });
      });
    },
  };
};
