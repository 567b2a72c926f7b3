import { defineMethod } from './define-method.ts';
import { contextAt, ReadParams } from './params.ts';

export const getLatestBlockhash = defineMethod(ReadParams, ([options], chain) => {
  const context = contextAt(chain, options);
  return { context, value: chain.latestBlockhash() };
});
