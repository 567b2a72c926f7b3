import { useState } from 'react';
import { OperationRequest } from '#core/operations/request.ts';
import { readCoordinatorOverview } from '#core/layouts/coordinator-account.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useRun, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { RunStateBadge } from '#renderer/lib/run-state-badge.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { pauseEffect } from './pause-effect.ts';

/** Pauses, starts or resumes a run, and says what that does now. */
export function SetPausedScreen({ runId, paused }: { runId: string; paused: boolean }) {
  const run = useRun(runId);
  const signers = useSigners();
  if (!run.data || !signers.data) {
    return (
      <Page title={paused ? 'Pause' : 'Start'} width="form">
        <QueryGate query={run} failed="The run could not be read">
          {() => null}
        </QueryGate>
        {signers.isError && (
          <QueryGate query={signers} failed="The signers could not be read">
            {() => null}
          </QueryGate>
        )}
      </Page>
    );
  }
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  const owner = signers.data.signers.find(({ address }) => address === run.data.mainAuthority);
  return (
    <SetPausedForm run={run.data} paused={paused} start={owner ? { ...usual, authority: owner.address } : usual} />
  );
}

function SetPausedForm({ run, paused, start }: { run: RunView; paused: boolean; start: SignerChoice }) {
  const navigation = useNavigation();
  const [choice, setChoice] = useState(start);
  const overview = overviewOf(run.accountData);
  const { title, effect } = pauseEffect(overview?.run_state ?? '', paused);
  const request = OperationRequest.safeParse({
    operation: { kind: 'set-paused', runId: run.runId, paused },
    signers: choice,
  }).data;
  return (
    <OperationScreen
      title={`${title} ${run.runId}`}
      lead={overview && <Said text={overview.name} empty="no name" />}
      request={request}
      waitingFor="Choose the main authority and the fee payer"
      onDone={() => navigation.replace({ kind: 'run', runId: run.runId })}
    >
      <Panel
        title="What happens now"
        aside={overview && <RunStateBadge state={overview.run_state} pendingPause={overview.pending_pause} />}
      >
        <ul className="stack">
          {effect.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={choice} onChange={setChoice} parts={['authority', 'payer']} />
      </Panel>
    </OperationScreen>
  );
}

/** Nothing for an account of another version: the checks beside the form say so. */
function overviewOf(data: Uint8Array) {
  try {
    return readCoordinatorOverview(data);
  } catch {
    return undefined;
  }
}
