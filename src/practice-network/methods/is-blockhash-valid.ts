import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { AddressParam, contextAt, ReadOptions } from './params.ts';

export const isBlockhashValid = defineMethod(
  z.tuple([AddressParam, ReadOptions.nullish()]),
  ([hash, options], chain) => ({
    context: contextAt(chain, options),
    value: chain.isRecent(hash),
  }),
);
