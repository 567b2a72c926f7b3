import { parseParams } from '../methods/define-method.ts';
import { NoParams } from '../methods/params.ts';
import type { Subscribe } from './subscription.ts';

/** Tells every new slot. */
export const subscribeSlot: Subscribe = (params, { chain, notify }) => {
  parseParams(NoParams, params);
  return { onSlot: (slot) => notify({ slot, parent: slot - 1n, root: chain.finalizedSlot() }) };
};

/** Tells the newest finalized slot whenever there is a new one. */
export const subscribeRoot: Subscribe = (params, { chain, notify }) => {
  parseParams(NoParams, params);
  return { onSlot: () => notify(chain.finalizedSlot()) };
};
