import { OperationRequest } from '#core/operations/request.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { RunStateBadge } from '#renderer/lib/run-state-badge.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { pauseEffect } from './pause-effect.ts';
import { type ReadyRun, RunFormGate } from './run-form-gate.tsx';

const useSignersDraft = formDraft<SignerChoice>();

/** Pauses, starts or resumes a run, and says what that does now. */
export function SetPausedScreen({ runId, paused }: { runId: string; paused: boolean }) {
  return (
    <RunFormGate runId={runId} title={paused ? 'Pause' : 'Start'}>
      {(ready) => <SetPausedForm {...ready} paused={paused} />}
    </RunFormGate>
  );
}

function SetPausedForm({ run, account, choice, paused }: ReadyRun & { paused: boolean }) {
  const navigation = useNavigation();
  const draft = useSignersDraft(`${run.account} ${paused}`, choice);
  const { run_state: state, pending_pause: pendingPause } = account.state.coordinator;
  const { title, effect } = pauseEffect(state, paused);
  const request = OperationRequest.safeParse({
    operation: { kind: 'set-paused', runId: run.runId, paused },
    signers: draft.typed,
  }).data;
  return (
    <OperationScreen
      title={`${title} ${run.runId}`}
      lead={<Said text={account.state.metadata.name} empty="no name" />}
      request={request}
      waitingFor="Choose the main authority and the fee payer"
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'run', runId: run.runId });
      }}
    >
      <Panel title="What happens now" aside={<RunStateBadge state={state} pendingPause={pendingPause} />}>
        <ul className="stack">
          {effect.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={draft.typed} onChange={draft.type} parts={['authority', 'payer']} />
      </Panel>
    </OperationScreen>
  );
}
