import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { readiness } from '#core/runs/readiness.ts';
import { runNeed } from '#core/runs/run-need.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { ChecksList } from '#renderer/lib/checks-list.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useSigners } from '#renderer/lib/queries.ts';
import { defaultChoice } from '#renderer/lib/signers-fields.tsx';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { useAdmission } from './use-admission.ts';

/** What has to be in place before the owner of a new run starts it. */
export function ReadinessPanel({
  view,
  account,
  treasury,
}: {
  view: RunView;
  account: CoordinatorAccount;
  treasury: RunTreasury | undefined;
}) {
  const navigation = useNavigation();
  const admission = useAdmission(view);
  const signers = useSigners().data;
  const payer = signers && defaultChoice(signers.signers, signers.roles).payer;
  const checks = readiness({
    runId: view.runId,
    account,
    admission,
    treasury,
    ownerSigns:
      signers?.signers.some(({ address, source }) => address === view.mainAuthority && source.kind === 'keyfile') ??
      false,
    payerLamports: payer === undefined ? undefined : signers?.balances[payer],
  });
  // A new run waits for its owner alone: the time plays no part.
  const need = runNeed({
    runId: view.runId,
    account,
    clusterTime: view.clusterTime,
    admission,
    treasury,
    isOwner: true,
  });
  const failing = checks.filter(({ kind }) => kind === 'fail').length;
  return (
    <Panel
      title="Before the first start"
      aside={
        failing > 0 ? <span className="bad">{failing} missing</span> : <span className="good">can be started</span>
      }
    >
      <div className="stack-wide">
        <p>
          <strong>{need.sentence}.</strong> {need.detail}
        </p>
        <ChecksList checks={checks} folds={false} />
        <ActionButton
          size="sm"
          reason={failing > 0 ? 'Put right what is missing first' : ''}
          onClick={() => navigation.go({ kind: 'set-paused', runId: view.runId, paused: false })}
        >
          Start the run
        </ActionButton>
      </div>
    </Panel>
  );
}
