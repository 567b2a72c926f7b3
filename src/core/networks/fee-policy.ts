import { z } from 'zod';

/** The most a review lets anybody sign is 0.5 SOL of fees, whatever a network is set to. Source: security bar §3.4. */
export const MAX_CAP_LAMPORTS = 500_000_000;

/** Asks for those 0.5 SOL at the largest compute limit, 1,400,000 units. Micro-lamports per unit. */
export const MAX_FIXED_PRICE = 357_142_857;

/**
 * What a network's transactions bid for a place in a block. Amounts are whole numbers far below 2⁵³, so that a settings file
 * holds them as they are.
 */
export const FeePolicy = z.discriminatedUnion('kind', [
  /** What that share of recent slots took for the same accounts, in percent, up to a cap in lamports per transaction. */
  z.strictObject({
    kind: z.literal('auto'),
    percentile: z.int().min(1).max(100),
    capLamports: z.int().min(0).max(MAX_CAP_LAMPORTS),
  }),
  /** Always this price, micro-lamports per compute unit. */
  z.strictObject({ kind: z.literal('fixed'), microLamports: z.int().min(0).max(MAX_FIXED_PRICE) }),
  /** Neither compute limit nor price: the bytes of a command line without options. */
  z.strictObject({ kind: z.literal('off') }),
]);

export type FeePolicy = z.output<typeof FeePolicy>;

/** The cap, 0.0005 SOL, leaves the fee below the first warning of a review, 0.001 SOL. */
export const DEFAULT_FEE_POLICY = { kind: 'auto', percentile: 75, capLamports: 500_000 } as const satisfies FeePolicy;
