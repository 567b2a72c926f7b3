import type { Address } from '#core/solana/address.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass, withAction } from './checks.ts';
import type { Facts, Step } from './define-operation.ts';
import type { Check } from './prepared.ts';

/** Lamports per signature. Source: Solana SDK, `DEFAULT_TARGET_LAMPORTS_PER_SIGNATURE`. */
const FEE_PER_SIGNATURE = 5000n;

/** Network fee of one transaction, lamports. */
export function feeOf({ signers }: Step): bigint {
  return FEE_PER_SIGNATURE * BigInt(signers.length);
}

/**
 * What a new account still needs: anybody can send SOL to an address before there is anything, and it counts.
 *
 * @param rentLamports - that keep the account alive
 */
export function missingLamports(rentLamports: bigint, found: { readonly lamports: bigint } | undefined): bigint {
  const held = found?.lamports ?? 0n;
  return held < rentLamports ? rentLamports - held : 0n;
}

/** Whether the payer can pay for a plan; nothing is asked of it for an empty one. */
export function payerChecks(facts: Facts, steps: readonly Step[], payer: Address): Check[] {
  if (steps.length === 0) return [];
  const costs = steps.map((step) => ({ fee: feeOf(step), cost: step.costLamports }));
  return [stepFundsCheck(facts, costs, payer)];
}

/**
 * Whether the payer can pay every step of a plan, by the rules of the runtime: after the fee and after the transaction it
 * holds nothing, or at least what keeps it alive, or no more of too little. Source: Agave, `transition_allowed`.
 *
 * @param steps - fee, and what the transaction takes besides; negative when it gives back. Lamports
 * @param floorLamports - what an account must keep to stay alive when it is not emptied
 * @param payer - to offer SOL from the faucet, where the network has one
 */
export function stepFundsCheck(
  { payerLamports, floorLamports }: Pick<Facts, 'payerLamports' | 'floorLamports'>,
  steps: readonly { readonly fee: bigint; readonly cost: bigint }[],
  payer: Address,
): Check {
  let balance = payerLamports;
  let spent = 0n;
  let most = 0n;
  let isEnough = true;
  const isTooLittle = (lamports: bigint) => lamports !== 0n && lamports < floorLamports;
  const canGo = (before: bigint, after: bigint) =>
    after >= 0n && (!isTooLittle(after) || (isTooLittle(before) && after <= before));
  for (const { fee, cost } of steps) {
    isEnough &&= balance > 0n && canGo(balance, balance - fee) && canGo(balance - fee, balance - fee - cost);
    balance -= fee + cost;
    spent += fee;
    if (spent > most) most = spent;
    spent += cost;
    if (spent > most) most = spent;
  }
  if (isEnough) {
    return pass('Payer has enough SOL', `${formatSol(payerLamports)} SOL, ${formatSol(most)} SOL needed`);
  }
  const missing = most + floorLamports - payerLamports;
  const tooLittle = fail(
    'Payer has too little SOL',
    `It holds ${formatSol(payerLamports)} SOL; ${formatSol(most)} SOL are needed and ${formatSol(floorLamports)} SOL must stay. ${formatSol(missing)} SOL are missing`,
    `Send ${formatSol(missing)} SOL to the payer, or choose another payer`,
    'payer',
  );
  return withAction(tooLittle, 'Get SOL', { kind: 'faucet', address: payer, lamports: missing });
}
