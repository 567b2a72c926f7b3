import { isAppError } from '#core/errors/app-error.ts';
import type { FeePolicy } from '#core/networks/fee-policy.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { PreparedRequest } from '#core/operations/prepare-request.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { feeOf } from '#core/operations/step-costs.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { DEFAULT_UNITS, MAX_COMPUTE_UNITS } from '#core/solana/compute-budget.ts';
import { isWritableIndex } from '#core/solana/message.ts';
import { chooseFees, type FeeChoice, type Fees } from '#core/transactions/fees.ts';
import type { Review } from '#core/transactions/review.ts';
import type { ChainNode } from '#main/ports.ts';
import { isFailure, type Trial } from './trial.ts';

/** What a simulation asks for: all it can get, so that what it used is what is needed. It bids nothing. */
export function triedFees(policy: FeePolicy): Fees | undefined {
  return policy.kind === 'off' ? undefined : { unitLimit: MAX_COMPUTE_UNITS, microLamports: 0n };
}

/**
 * What recent slots took for the accounts a message writes to, where the policy asks; absent when the endpoint does not tell.
 * A review does not fail for it.
 */
export async function readGoingFees(
  node: Pick<ChainNode, 'readRecentFees'>,
  policy: FeePolicy,
  message: Uint8Array,
): Promise<readonly bigint[] | undefined> {
  if (policy.kind !== 'auto') return undefined;
  const decoded = passCanonicalGate(message);
  try {
    return await node.readRecentFees(decoded.staticKeys.filter((_key, index) => isWritableIndex(decoded, index)));
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return undefined;
  }
}

/** Fees of the first step of a plan, from its trial. */
export function feesFor(
  policy: FeePolicy,
  { steps, floorLamports }: Pick<PreparedRequest, 'steps' | 'floorLamports'>,
  { operation }: OperationRequest,
  { trial, recent }: { readonly trial: Trial; readonly recent: readonly bigint[] | undefined },
): FeeChoice {
  const isTried = trial.kind === 'ran' && !isFailure(trial.simulation);
  return chooseFees(policy, {
    unitsConsumed: isTried ? trial.simulation.unitsConsumed : undefined,
    recent,
    spareLamports: isTried ? spareLamports(trial, steps) - floorLamports : 0n,
    // A tick does what is due when it lands, and one approval may stand for many of them.
    ...(operation.kind === 'tick' && { leastUnits: DEFAULT_UNITS }),
  });
}

/** What the payer has left, where it is least: after the fee of the first step, after that step, and after the steps to come. */
function spareLamports(
  { before, simulation }: Extract<Trial, { kind: 'ran' }>,
  [first, ...later]: readonly Step[],
): bigint {
  const afterFee = (before[0] ?? 0n) - (first ? feeOf(first) : 0n);
  let least = smaller(afterFee, simulation.accounts[0]?.lamports ?? 0n);
  let left = simulation.accounts[0]?.lamports ?? 0n;
  for (const step of later) {
    left -= feeOf(step);
    least = smaller(least, left);
    left -= step.costLamports;
    least = smaller(least, left);
  }
  return least;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Where the fees in the bytes come from; what had to stay out for want of room says so. */
export function feeNoteOf({ fees, note }: FeeChoice, { fee }: Review): string {
  if (!fees) return note;
  if (fee.computeUnitLimit === undefined) {
    return 'No compute limit and no priority fee: they no longer fit into the transaction, so the network’s defaults hold';
  }
  if (fees.microLamports > 0n && fee.computeUnitPrice === undefined) {
    return 'No priority fee: it no longer fits into the transaction';
  }
  return note;
}
