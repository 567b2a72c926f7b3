import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { AddressParam } from './params.ts';

/** Most addresses in one request. Source: agave, `MAX_TX_ACCOUNT_LOCKS`. */
const MAX_ADDRESSES = 128;

/** Nobody competes for room in a block here, so the going price is nothing. */
export const getRecentPrioritizationFees = defineMethod(
  z.tuple([z.array(AddressParam).max(MAX_ADDRESSES).nullish()]),
  (_params, chain) => [{ slot: chain.time().slot, prioritizationFee: 0 }],
);
