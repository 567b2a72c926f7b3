import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

export const getGenesisHash = defineMethod(NoParams, (_params, chain) => chain.genesisHash());
