import { defineMethod } from './define-method.ts';
import { SLOTS_PER_EPOCH } from './get-epoch-schedule.ts';
import { contextAt, ReadParams } from './params.ts';
import { slotAt } from './slot-at.ts';

export const getEpochInfo = defineMethod(ReadParams, ([options], chain) => {
  contextAt(chain, options);
  const slot = slotAt(chain, options);
  return {
    absoluteSlot: slot,
    blockHeight: slot,
    epoch: slot / SLOTS_PER_EPOCH,
    slotIndex: slot % SLOTS_PER_EPOCH,
    slotsInEpoch: SLOTS_PER_EPOCH,
    transactionCount: chain.transactionCount(),
  };
});
