import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

/** The one node there is goes by the faucet's address. */
export const getIdentity = defineMethod(NoParams, (_params, chain) => ({ identity: chain.faucet() }));
