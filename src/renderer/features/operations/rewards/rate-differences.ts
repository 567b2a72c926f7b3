import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import { runwayOf, shareOf } from '#core/rewards/treasury.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { runwayEpochs, runwayTime } from '#renderer/lib/reward-words.ts';
import { amountWords } from '#renderer/lib/token-amount.ts';
import type { Difference } from '#renderer/ui/before-after.tsx';

/**
 * What rates come to at today's number of clients, beside what is set for the next epoch now.
 *
 * @param earning - native units per epoch
 * @param config - gives the time of an epoch
 */
export function rateDifferences(
  treasury: RunTreasury,
  config: CoordinatorConfig | undefined,
  earning: bigint,
  { slashing }: { slashing: bigint },
): readonly Difference[] {
  const decimals = treasury.kind === 'rewarded' ? treasury.decimals : undefined;
  const words = (native: bigint) => amountWords(native, decimals);
  const now = treasury.future;
  const then = shareOf(earning, slashing, treasury.sharing.count);
  const shares = [
    { label: 'Reward per epoch', before: words(now.earning), after: words(then.earning) },
    { label: 'For each client', before: words(now.perClient), after: words(then.perClient) },
    { label: 'Lost in the division', before: words(now.lost), after: words(then.lost) },
    { label: 'Penalty per client', before: words(now.slashing), after: words(then.slashing) },
  ];
  if (treasury.kind === 'plain') return shares;
  const before = runwayOf(treasury.surplus, now.earning, config);
  const after = runwayOf(treasury.surplus, earning, config);
  return [
    ...shares,
    { label: 'Treasury lasts', before: runwayEpochs(before), after: runwayEpochs(after) },
    { label: 'In time', before: runwayTime(before), after: runwayTime(after) },
  ];
}
