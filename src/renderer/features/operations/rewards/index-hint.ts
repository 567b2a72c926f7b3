import type { RunTreasury } from '#core/rewards/treasury-view.ts';

/** The treasurer's index for a request, where the run id alone does not lead to it. */
export function indexHint(treasury: RunTreasury | undefined): { readonly treasurerIndex?: string } {
  if (treasury?.kind !== 'rewarded' || treasury.isDefaultIndex) return {};
  return { treasurerIndex: treasury.index.toString() };
}
