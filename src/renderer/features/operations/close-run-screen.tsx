import { Button } from '@mantine/core';
import { OperationRequest } from '#core/operations/request.ts';
import { formatCount } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { RunStateBadge } from '#renderer/lib/run-state-badge.tsx';
import { isHalted } from '#renderer/lib/run-states.ts';
import { Said } from '#renderer/lib/said.tsx';
import { type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { PauseFirst } from './pause-first.tsx';
import { type ReadyRun, RunFormGate } from './run-form-gate.tsx';

const useSignersDraft = formDraft<SignerChoice>();

/** Removes a plain run for good and gives back the SOL its accounts hold. */
export function CloseRunScreen({ runId }: { runId: string }) {
  return (
    <RunFormGate runId={runId} title={`Close ${runId}`}>
      {(ready) => (ready.run.treasurerRun === undefined ? <CloseForm {...ready} /> : <CannotClose {...ready} />)}
    </RunFormGate>
  );
}

function CannotClose({ run: { runId } }: ReadyRun) {
  const navigation = useNavigation();
  return (
    <Page title={`Close ${runId}`} width="decision">
      <EmptyState
        title="A run with rewards cannot be closed"
        actions={<Button onClick={() => navigation.replace({ kind: 'run', runId })}>Back to the run</Button>}
      >
        <p>
          Its treasury owns it, and the treasury program has no instruction to close a run or to take its tokens back.
          The SOL its accounts hold stays locked, and its run id stays taken. It can be paused, and clients can claim
          what they earned.
        </p>
      </EmptyState>
    </Page>
  );
}

function CloseForm({ run, account, choice }: ReadyRun) {
  const { runId } = run;
  const navigation = useNavigation();
  const draft = useSignersDraft(run.account, choice);
  const { coordinator, clients_state: clients, metadata } = account.state;
  const halted = isHalted(coordinator.run_state);
  const request = OperationRequest.safeParse({ operation: { kind: 'close-run', runId }, signers: draft.typed }).data;
  return (
    <OperationScreen
      title={`Close ${runId}`}
      lead="The run and everything recorded in it are removed from the chain. That cannot be taken back."
      request={request}
      waitingFor="Choose the main authority and the fee payer"
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'runs' });
      }}
    >
      {!halted && (
        <PauseFirst
          runId={runId}
          isPending={coordinator.pending_pause}
          title="It is running: only a run that stands still can be closed"
          isUrgent
        />
      )}
      <Panel
        title="What is lost"
        aside={<RunStateBadge state={coordinator.run_state} pendingPause={coordinator.pending_pause} />}
      >
        <Facts
          wide
          facts={[
            { label: 'Name', value: <Said text={metadata.name} empty="none" /> },
            {
              label: 'Progress',
              value: `step ${formatCount(coordinator.progress.step)} of ${formatCount(coordinator.config.total_steps)}, epoch ${coordinator.progress.epoch}`,
            },
            {
              label: 'Record of clients',
              value:
                clients.clients.length === 0
                  ? 'none has joined'
                  : `${clients.clients.length} of them, with the points each has earned`,
            },
            { label: 'Configuration', value: 'and model: save the dump first to keep a copy' },
          ]}
        />
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={draft.typed} onChange={draft.type} parts={['authority', 'payer']} />
      </Panel>
    </OperationScreen>
  );
}
