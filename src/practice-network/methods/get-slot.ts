import { defineMethod } from './define-method.ts';
import { contextAt, ReadParams } from './params.ts';
import { slotAt } from './slot-at.ts';

export const getSlot = defineMethod(ReadParams, ([options], chain) => {
  contextAt(chain, options);
  return slotAt(chain, options);
});
