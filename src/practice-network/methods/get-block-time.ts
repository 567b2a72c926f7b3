import { z } from 'zod';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';

/** Unix seconds of a slot: the `blockTime` of the transaction that landed in it, or when it began. */
export const getBlockTime = defineMethod(z.tuple([z.number().int().nonnegative()]), ([slot], chain) => {
  if (BigInt(slot) > chain.time().slot) {
    throw new RpcError(RPC_CODES.invalidParams, `Block not available for slot ${slot}`);
  }
  return chain.blockTime(BigInt(slot));
});
