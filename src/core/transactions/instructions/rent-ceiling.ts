/** Bytes of a classic token account. Source: `spl-token`, `Account::LEN`. */
export const TOKEN_ACCOUNT_BYTES = 165;

/** Highest lamports per byte the network has asked; later steps only lowered it. Source: Solana SDK `Rent`, SIMD-0437. */
const MAX_LAMPORTS_PER_BYTE = 6960n;

/** Bytes charged for every account besides its data. Source: Solana SDK, `ACCOUNT_STORAGE_OVERHEAD`. */
const OVERHEAD_BYTES = 128n;

/** The most an account of this size can lock as rent, lamports: bytes name no amount where a program creates the account. */
export function maxRentLamports(sizeBytes: number): bigint {
  return (OVERHEAD_BYTES + BigInt(sizeBytes)) * MAX_LAMPORTS_PER_BYTE;
}

/** The most that growing an account by this many bytes can lock, lamports. */
export function maxGrowthLamports(addedBytes: number): bigint {
  return BigInt(addedBytes) * MAX_LAMPORTS_PER_BYTE;
}
