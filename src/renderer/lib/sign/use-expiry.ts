import { useState } from 'react';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { useConnection } from '#renderer/lib/queries.ts';
import { useNow } from '#renderer/lib/use-now.ts';

/** Seconds a block takes while nothing was measured. Source: Solana, target slot time of 400 ms. */
const SECONDS_PER_BLOCK = 0.4;

/** Blocks a blockhash lives. Source: Solana SDK, `MAX_PROCESSING_AGE`. */
const LIFETIME_BLOCKS = 150;

export type Expiry = { readonly blocksLeft: number; readonly secondsLeft: number; readonly isHalfOver: boolean };

/**
 * How long the bytes under review can still land; `undefined` for those that do not lapse by themselves. Slots pass at least
 * as fast as blocks, so this is never too hopeful.
 */
export function useExpiry({ reviewId, blockHeight, lastValidBlockHeight }: ReviewedStep): Expiry | undefined {
  const connection = useConnection().data;
  const now = useNow();
  const slot = connection?.kind === 'online' ? connection.slot : undefined;
  const [start, setStart] = useState<{ reviewId: string; at: number; slot: bigint | undefined }>({
    reviewId,
    at: now,
    slot,
  });
  if (start.reviewId !== reviewId || (start.slot === undefined && slot !== undefined)) {
    setStart({ reviewId, at: now, slot });
  }
  if (lastValidBlockHeight === undefined) return undefined;
  const seconds = Math.max(0, (now - start.at) / 1_000);
  const slots =
    slot !== undefined && start.slot !== undefined && slot >= start.slot
      ? Number(slot - start.slot)
      : seconds / SECONDS_PER_BLOCK;
  const blocksLeft = Math.max(0, Math.floor(Number(lastValidBlockHeight - blockHeight) - slots));
  const perBlock = slots > 10 && seconds > 2 ? seconds / slots : SECONDS_PER_BLOCK;
  return { blocksLeft, secondsLeft: blocksLeft * perBlock, isHalfOver: blocksLeft < LIFETIME_BLOCKS / 2 };
}
