/** Counts compute units down from the transaction's limit. */
export type ComputeMeter = {
  readonly remaining: () => bigint;
  /** Takes units; `false` when there were too few, and then none are left. */
  readonly consume: (units: bigint) => boolean;
  readonly consumed: () => bigint;
};

/** @param limit - compute units the transaction may use */
export function createComputeMeter(limit: bigint): ComputeMeter {
  let remaining = limit;
  return {
    remaining: () => remaining,
    consume: (units) => {
      const isEnough = units <= remaining;
      remaining = isEnough ? remaining - units : 0n;
      return isEnough;
    },
    consumed: () => limit - remaining,
  };
}
