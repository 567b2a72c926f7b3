import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

/** Begins again from genesis, as a network with another genesis hash and another demo mint. */
export const practiceReset = defineMethod(NoParams, (_params, chain) => {
  chain.reset();
  return { genesisHash: chain.genesisHash(), demoMint: chain.demoMint() };
});
