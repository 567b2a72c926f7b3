import type { Address } from '#core/solana/address.ts';
import type { InstructionReading } from './instructions/instruction-reading.ts';
import type { Outflow, TokenOutflow } from './review.ts';

/** The most SOL each own account, or account an own key controls, can lose: the fee and every debit, added up. */
export function outflowsOf(
  readings: readonly InstructionReading[],
  { feePayer, feeLamports, own }: { feePayer: Address; feeLamports: bigint; own: ReadonlySet<Address> },
): Outflow[] {
  const totals = new Map<Address, { lamports: bigint; why: string[] }>();
  const add = (account: Address, lamports: bigint, why: string) => {
    const total = totals.get(account) ?? { lamports: 0n, why: [] };
    totals.set(account, { lamports: total.lamports + lamports, why: [...total.why, why] });
  };
  if (own.has(feePayer)) add(feePayer, feeLamports, 'network fee');
  for (const { account, authority, lamports, why } of readings.flatMap(({ debits }) => debits)) {
    if (own.has(account) || own.has(authority)) add(account, lamports, why);
  }
  return [...totals].map(([account, { lamports, why }]) => ({ account, lamports: lamports.toString(), why }));
}

/** Every movement of tokens an own key allows. Amounts of different mints are never added. */
export function tokenOutflowsOf(readings: readonly InstructionReading[], own: ReadonlySet<Address>): TokenOutflow[] {
  return readings
    .flatMap(({ tokenDebits }) => tokenDebits)
    .filter(({ authority }) => own.has(authority))
    .map(({ amount, ...debit }) => ({ ...debit, amount: amount.toString() }));
}
