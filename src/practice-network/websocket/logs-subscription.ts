import { z } from 'zod';
import { parseParams } from '../methods/define-method.ts';
import { AddressParam, ReadOptions } from '../methods/params.ts';
import type { Subscribe } from './subscription.ts';

const Filter = z.union([z.enum(['all', 'allWithVotes']), z.strictObject({ mentions: z.tuple([AddressParam]) })]);
const Params = z.tuple([Filter, ReadOptions.nullish()]);

/** Tells the logs of every transaction, or of those that name one address. */
export const subscribeLogs: Subscribe = (params, { notify, when }) => {
  const [filter, options] = parseParams(Params, params);
  return {
    onCommit: ({ record: { slot, signature, err, logs, accounts } }) => {
      if (typeof filter === 'object' && !accounts.includes(filter.mentions[0])) return;
      when(options?.commitment ?? 'finalized', slot, () => {
        notify({ context: { slot }, value: { signature, err, logs } });
      });
    },
  };
};
