import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import { runwayOf } from '#core/rewards/treasury.ts';
import type { RunTreasury, TokenHolding } from '#core/rewards/treasury-view.ts';
import { runwayEpochs, runwayTime } from '#renderer/lib/reward-words.ts';
import { amountWords } from '#renderer/lib/token-amount.ts';
import type { Difference } from '#renderer/ui/before-after.tsx';

/**
 * What a top-up changes: the vault, what is missing, how long it lasts at the next epoch's rate, and the funder's tokens.
 *
 * @param amount - native units
 */
export function topUpDifferences(
  treasury: Extract<RunTreasury, { kind: 'rewarded' }>,
  config: CoordinatorConfig | undefined,
  holding: TokenHolding | undefined,
  amount: bigint,
): readonly Difference[] {
  const words = (native: bigint) => amountWords(native, treasury.decimals);
  const funded = treasury.funded + amount;
  const missing = treasury.owed > funded ? treasury.owed - funded : 0n;
  const surplus = funded > treasury.owed ? funded - treasury.owed : 0n;
  const before = runwayOf(treasury.surplus, treasury.future.earning, config);
  const after = runwayOf(surplus, treasury.future.earning, config);
  const left = holding?.exists && amount <= holding.amount ? holding.amount - amount : undefined;
  return [
    { label: 'In the vault', before: words(treasury.funded), after: words(funded) },
    { label: 'Owed and missing', before: words(treasury.missing), after: words(missing) },
    { label: 'For epochs to come', before: words(treasury.surplus), after: words(surplus) },
    { label: 'Treasury lasts', before: runwayEpochs(before), after: runwayEpochs(after) },
    { label: 'In time', before: runwayTime(before), after: runwayTime(after) },
    ...(holding?.exists && left !== undefined
      ? [{ label: "Funder's tokens", before: words(holding.amount), after: words(left) }]
      : []),
  ];
}
