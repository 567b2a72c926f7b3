import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { AddressParam } from './params.ts';
import { pour } from './pour.ts';

/** Lamports as a whole number, or exactly as decimal digits. */
const LamportsParam = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)]);

/** Lamports from the faucet: the answer is the signature of the transfer. */
export const practiceFaucet = defineMethod(
  z.tuple([z.strictObject({ address: AddressParam, lamports: LamportsParam })]),
  ([{ address, lamports }], chain) => ({ signature: pour(chain, address, BigInt(lamports)) }),
);
