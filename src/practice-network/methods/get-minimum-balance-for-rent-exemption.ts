import { z } from 'zod';
import { rentExemptMinimum } from '../runtime/rent.ts';
import { defineMethod } from './define-method.ts';
import { ReadOptions } from './params.ts';

/** Lamports for an account of that many bytes. */
export const getMinimumBalanceForRentExemption = defineMethod(
  z.tuple([z.number().int().nonnegative(), ReadOptions.nullish()]),
  ([sizeBytes]) => rentExemptMinimum(sizeBytes),
);
