import { defineMethod } from './define-method.ts';
import { contextAt, ReadParams } from './params.ts';
import { slotAt } from './slot-at.ts';

/** No slot is ever skipped here, so the height is the slot. */
export const getBlockHeight = defineMethod(ReadParams, ([options], chain) => {
  contextAt(chain, options);
  return slotAt(chain, options);
});
