import type { StoredAccount } from './accounts.ts';

/** Lamports per byte of data and overhead that make an account exempt from rent. Source: Solana SDK, 3,480 per byte-year × 2 years. */
const LAMPORTS_PER_BYTE = 6960n;

/** Bytes charged for an account's existence. Source: Solana SDK, `ACCOUNT_STORAGE_OVERHEAD`. */
const OVERHEAD_BYTES = 128n;

/** Lamports that make an account of `sizeBytes` data bytes exempt from rent. */
export function rentExemptMinimum(sizeBytes: number): bigint {
  return (OVERHEAD_BYTES + BigInt(sizeBytes)) * LAMPORTS_PER_BYTE;
}

/**
 * Whether a transaction may leave an account like this: gone or rent-exempt, or as poor as it already was. Source: Agave,
 * `transition_allowed` of the rent calculator.
 */
export function isRentTransitionAllowed(before: StoredAccount | undefined, after: StoredAccount): boolean {
  if (!isRentPaying(after)) return true;
  if (before === undefined || !isRentPaying(before)) return false;
  return after.data.length === before.data.length && after.lamports <= before.lamports;
}

function isRentPaying({ lamports, data }: StoredAccount): boolean {
  return lamports > 0n && lamports < rentExemptMinimum(data.length);
}
