import { formatSol } from '#core/units/lamports.ts';
import { fail, pass } from './checks.ts';
import type { Step } from './define-operation.ts';
import type { Check } from './prepared.ts';

/** Lamports per signature. Source: Solana SDK, `DEFAULT_TARGET_LAMPORTS_PER_SIGNATURE`. */
const FEE_PER_SIGNATURE = 5000n;

/** Network fee of one transaction, lamports. */
export function feeOf({ signers }: Step): bigint {
  return FEE_PER_SIGNATURE * BigInt(signers.length);
}

/**
 * Whether the payer can pay every step of a plan, by the rules of the runtime: after the fee and after the transaction it
 * holds nothing, or at least what keeps it alive.
 *
 * @param steps - fee, and what the transaction takes besides; negative when it gives back. Lamports
 * @param restFloor - what an account must keep to stay alive when it is not emptied
 */
export function stepFundsCheck(
  payerLamports: bigint,
  steps: readonly { readonly fee: bigint; readonly cost: bigint }[],
  restFloor: bigint,
): Check {
  let balance = payerLamports;
  let spent = 0n;
  let most = 0n;
  let isEnough = true;
  const canStand = (lamports: bigint) => lamports === 0n || lamports >= restFloor;
  for (const { fee, cost } of steps) {
    isEnough &&= canStand(balance - fee) && canStand(balance - fee - cost);
    balance -= fee + cost;
    spent += fee;
    if (spent > most) most = spent;
    spent += cost;
    if (spent > most) most = spent;
  }
  if (isEnough) {
    return pass('Payer has enough SOL', `${formatSol(payerLamports)} SOL, ${formatSol(most)} SOL needed`);
  }
  const missing = most + restFloor - payerLamports;
  return fail(
    'Payer has too little SOL',
    `It holds ${formatSol(payerLamports)} SOL; ${formatSol(most)} SOL are needed and ${formatSol(restFloor)} SOL must stay. ${formatSol(missing)} SOL are missing`,
    `Send ${formatSol(missing)} SOL to the payer, or choose another payer`,
    'payer',
  );
}
