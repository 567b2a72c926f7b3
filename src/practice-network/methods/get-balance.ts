import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { AddressParam, contextAt, ReadOptions } from './params.ts';

/** Lamports. */
export const getBalance = defineMethod(z.tuple([AddressParam, ReadOptions.nullish()]), ([address, options], chain) => ({
  context: contextAt(chain, options),
  value: chain.account(address)?.lamports ?? 0n,
}));
