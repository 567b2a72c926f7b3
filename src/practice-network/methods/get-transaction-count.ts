import { defineMethod } from './define-method.ts';
import { ReadParams } from './params.ts';

export const getTransactionCount = defineMethod(ReadParams, (_params, chain) => chain.transactionCount());
