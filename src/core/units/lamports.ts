import { formatDecimal, parseDecimal } from './decimal.ts';

declare const lamportsBrand: unique symbol;

/** An amount of SOL in its smallest unit. */
export type Lamports = bigint & { readonly [lamportsBrand]: true };

/** 1 SOL = 10⁹ lamports. Source: Solana SDK, `LAMPORTS_PER_SOL`. */
const SOL_DECIMALS = 9;

/**
 * Display SOL → lamports. Refuses more than 9 decimals rather than round what a person typed.
 *
 * @param sol - plain decimal SOL, such as `"1.5"`
 * @throws AppError `amount/malformed`, `amount/too-precise`, `amount/too-large`
 */
export function lamportsFromSol(sol: string): Lamports {
  return parseDecimal(sol, SOL_DECIMALS) as Lamports;
}

/** Lamports → display SOL, exact: `1500000000n` is `"1.5"`. */
export function formatSol(amount: bigint): string {
  return formatDecimal(amount, SOL_DECIMALS);
}
