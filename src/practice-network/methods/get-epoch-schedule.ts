import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

/** Slots in an epoch, as on mainnet. Source: Solana SDK, `DEFAULT_SLOTS_PER_EPOCH`. */
export const SLOTS_PER_EPOCH = 432_000n;

export const getEpochSchedule = defineMethod(NoParams, () => ({
  firstNormalEpoch: 0,
  firstNormalSlot: 0,
  leaderScheduleSlotOffset: SLOTS_PER_EPOCH,
  slotsPerEpoch: SLOTS_PER_EPOCH,
  warmup: false,
}));
