import type { FeePolicy } from '#core/networks/fee-policy.ts';
import { MAX_COMPUTE_UNITS } from '#core/solana/compute-budget.ts';
import { formatSol } from '#core/units/lamports.ts';

/** What a transaction asks of the Compute Budget program. */
export type Fees = {
  /** Compute units it may use at most. */
  readonly unitLimit: number;
  /** Bid in micro-lamports per unit of that limit; 0 bids nothing. */
  readonly microLamports: bigint;
};

/** Fees, and in words where they come from; without `fees` the runtime's defaults hold. The note is empty when nobody asked. */
export type FeeChoice = { readonly fees: Fees | undefined; readonly note: string };

/** What the cluster said that fees are chosen from. */
export type FeeFacts = {
  /** Of a simulation that succeeded; absent without one. */
  readonly unitsConsumed: bigint | undefined;
  /** What a slot took at least for these accounts, micro-lamports per unit, slot by slot; absent when it was not told. */
  readonly recent: readonly bigint[] | undefined;
  /** Lamports the payer has beyond what the transaction takes and what keeps its account alive. */
  readonly spareLamports: bigint;
  /** Units it is granted in any case: it may land on another state than it was tried on. */
  readonly leastUnits?: number;
};

const MICRO_LAMPORTS = 1_000_000n;

/** Tenths of what the simulation used. */
const MARGIN_TENTHS = 11n;

/**
 * Units on top of the tenth. The tried message carries no price instruction, which takes 150 units; an account that appears
 * meanwhile changes a few thousand. Source of the 150: Agave, `compute-budget` `DEFAULT_COMPUTE_UNITS`.
 */
const MARGIN_UNITS = 5_000n;

/** ⌈units × 1.1⌉ and a fixed margin, at most what the runtime grants. */
export function unitLimitFor(unitsConsumed: bigint, leastUnits = 0): number {
  const wanted = (unitsConsumed * MARGIN_TENTHS + 9n) / 10n + MARGIN_UNITS;
  const limit = wanted > BigInt(MAX_COMPUTE_UNITS) ? MAX_COMPUTE_UNITS : Number(wanted);
  return Math.min(Math.max(limit, leastUnits), MAX_COMPUTE_UNITS);
}

/** ⌈price × limit ÷ 10⁶⌉ lamports: all of it is charged, whatever is used. Source: Agave, `compute-budget` prioritization fee. */
export function priorityLamportsOf({ unitLimit, microLamports }: Fees): bigint {
  return (microLamports * BigInt(unitLimit) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
}

/** The largest price whose fee at this limit stays within so many lamports. */
function priceWithin(lamports: bigint, unitLimit: number): bigint {
  return (lamports * MICRO_LAMPORTS) / BigInt(unitLimit);
}

/** The smallest value that this share of all values, in percent, does not pass (nearest rank). Nothing gives 0. */
export function percentileOf(values: readonly bigint[], percentile: number): bigint {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.ceil((percentile * sorted.length) / 100) - 1] ?? 0n;
}

/**
 * Limit and price for one transaction. What nothing is known of is not guessed: without a simulation that succeeds there is
 * neither. Nobody is made unable to pay: a bid the payer cannot spare is left out.
 */
export function chooseFees(policy: FeePolicy, facts: FeeFacts): FeeChoice {
  if (policy.kind === 'off') return { fees: undefined, note: '' };
  const { unitsConsumed, leastUnits, spareLamports } = facts;
  if (unitsConsumed === undefined) return { fees: undefined, note: UNTRIED };
  const unitLimit = unitLimitFor(unitsConsumed, leastUnits);
  const { microLamports, note } = priceFor(policy, facts.recent, unitLimit);
  const fees = { unitLimit, microLamports };
  if (priorityLamportsOf(fees) <= spareLamports || microLamports === 0n) return { fees, note };
  const price = `${formatSol(priorityLamportsOf(fees))} SOL`;
  return { fees: { unitLimit, microLamports: 0n }, note: `No priority fee: the payer cannot spare ${price} for it` };
}

/** Said of a transaction that was not tried, or failed when it was. */
const UNTRIED =
  'No compute limit and no priority fee: both follow from a simulation that succeeds, so the network’s defaults hold';

function priceFor(
  policy: Exclude<FeePolicy, { kind: 'off' }>,
  recent: readonly bigint[] | undefined,
  unitLimit: number,
): { readonly microLamports: bigint; readonly note: string } {
  if (policy.kind === 'fixed')
    return { microLamports: BigInt(policy.microLamports), note: 'The price this network is set to' };
  if (recent === undefined)
    return { microLamports: 0n, note: 'No priority fee: the endpoint did not tell recent fees' };
  const going = percentileOf(recent, policy.percentile);
  const highest = priceWithin(BigInt(policy.capLamports), unitLimit);
  if (going === 0n) return { microLamports: 0n, note: 'No priority fee: nobody bids for these accounts now' };
  const share = `${policy.percentile} % of ${recent.length} recent slots took ${going} micro-lamports per unit or less`;
  if (going <= highest) return { microLamports: going, note: share };
  const cap = `${formatSol(BigInt(policy.capLamports))} SOL`;
  return { microLamports: highest, note: `${share}; held at this network’s cap of ${cap}` };
}

/** Fees whose instructions are as long as those that will be chosen: their bytes are counted before anything is tried. */
export function expectedFees(policy: FeePolicy): Fees | undefined {
  if (policy.kind === 'off') return undefined;
  return { unitLimit: MAX_COMPUTE_UNITS, microLamports: mostPriorityLamports(policy) > 0n ? 1n : 0n };
}

/** The most one transaction can pay on top of its signatures, lamports. */
export function mostPriorityLamports(policy: FeePolicy): bigint {
  switch (policy.kind) {
    case 'off':
      return 0n;
    case 'fixed':
      return priorityLamportsOf({ unitLimit: MAX_COMPUTE_UNITS, microLamports: BigInt(policy.microLamports) });
    case 'auto':
      return BigInt(policy.capLamports);
  }
}
