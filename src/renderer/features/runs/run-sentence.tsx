import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { runNeed } from '#core/runs/run-need.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { HelpfulButton } from '#renderer/lib/helpful-button.tsx';
import { useNow } from '#renderer/lib/use-now.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { useAdmission } from './use-admission.ts';

/** One sentence: what the run waits for, and the button that helps. */
export function RunSentence({
  view,
  account,
  treasury,
  owned,
}: {
  view: RunView;
  account: CoordinatorAccount;
  treasury: RunTreasury | undefined;
  owned: boolean;
}) {
  const admission = useAdmission(view);
  const clusterTime = view.clusterTime + (useNow() - view.readAt) / 1_000;
  const { sentence, detail, tone, action } = runNeed({
    runId: view.runId,
    account,
    clusterTime,
    admission,
    treasury,
    isOwner: owned,
  });
  return (
    <Notice tone={tone} title={sentence} actions={action && <HelpfulButton size="xs" action={action} />}>
      {detail}
    </Notice>
  );
}
