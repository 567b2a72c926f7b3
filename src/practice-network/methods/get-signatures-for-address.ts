import { z } from 'zod';
import { commitmentOf } from './commitment-of.ts';
import { defineMethod } from './define-method.ts';
import { AddressParam, contextAt, ReadOptions, SignatureParam } from './params.ts';

/** Most entries in one answer. Source: agave, `MAX_GET_CONFIRMED_SIGNATURES_FOR_ADDRESS2_LIMIT`. */
const MAX_LIMIT = 1000;

const Options = ReadOptions.extend({
  limit: z.number().int().min(1).max(MAX_LIMIT).nullish(),
  before: SignatureParam.nullish(),
  until: SignatureParam.nullish(),
});

/** Newest first; `before` and `until` are not part of the answer. */
export const getSignaturesForAddress = defineMethod(
  z.tuple([AddressParam, Options.nullish()]),
  ([address, options], chain) => {
    contextAt(chain, options);
    const history = chain.historyOf(address);
    const start = options?.before ? history.findIndex(({ signature }) => signature === options.before) + 1 : 0;
    const end = options?.until ? history.findIndex(({ signature }) => signature === options.until) : -1;
    return history
      .slice(start, end === -1 ? undefined : end)
      .slice(0, options?.limit ?? MAX_LIMIT)
      .map(({ signature, slot, err, memo, blockTime }) => ({
        signature,
        slot,
        err,
        memo,
        blockTime,
        confirmationStatus: commitmentOf(chain, slot),
      }));
  },
);
