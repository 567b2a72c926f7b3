import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { AddressParam, Commitment } from './params.ts';
import { pour } from './pour.ts';

const Options = z.object({ commitment: Commitment.nullish(), recentBlockhash: z.string().nullish() });

/** Lamports from the faucet; the answer is the signature of a transaction like any other. */
export const requestAirdrop = defineMethod(
  z.tuple([AddressParam, z.number().int().nonnegative(), Options.nullish()]),
  ([address, lamports], chain) => pour(chain, address, BigInt(lamports)),
);
