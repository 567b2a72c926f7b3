import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { contextAt, ReadOptions } from './params.ts';
import { decodeWire, refuseMalformed } from './transaction-param.ts';

/** Lamports, or null when the message's blockhash or nonce is no longer good. */
export const getFeeForMessage = defineMethod(
  z.tuple([z.string(), ReadOptions.nullish()]),
  ([text, options], chain) => ({
    context: contextAt(chain, options),
    value: refuseMalformed(() => chain.feeFor(decodeWire(text, 'base64'))) ?? null,
  }),
);
