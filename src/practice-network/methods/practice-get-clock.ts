import type { Chain } from '../chain/chain.ts';
import type { JsonValue } from '../write-json.ts';
import { defineMethod } from './define-method.ts';
import { NoParams } from './params.ts';

/** Cluster time, and how fast it runs: `speed` cluster seconds per second. */
export const practiceGetClock = defineMethod(NoParams, (_params, chain) => clockJson(chain));

/** The clock as every `practice_…` method that touches it answers it. */
export function clockJson(chain: Chain): JsonValue {
  const { slot, unixTimestamp } = chain.time();
  return { slot, unixTimestamp, speed: chain.speed(), slotMs: chain.slotMs };
}
