import { z } from 'zod';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';

/**
 * Unix seconds of a slot, counted back from now at the pace of slots; cluster time may have been moved in between, so
 * for transactions their own `blockTime` is exact and this is not.
 */
export const getBlockTime = defineMethod(z.tuple([z.number().int().nonnegative()]), ([slot], chain) => {
  const now = chain.time();
  if (BigInt(slot) > now.slot) throw new RpcError(RPC_CODES.invalidParams, `Block not available for slot ${slot}`);
  const ago = Math.floor((Number(now.slot - BigInt(slot)) * chain.slotMs) / 1000);
  return now.unixTimestamp - BigInt(ago);
});
