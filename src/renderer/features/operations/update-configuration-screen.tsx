import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { CLIENT_VERSION_MAX_BYTES } from '#core/layouts/programs.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { ConfigEditor } from '#renderer/lib/config-text/config-editor.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useConnection, useRun, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { BytesField } from '#renderer/ui/bytes-field.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { MetadataFields, type MetadataText } from './metadata-fields.tsx';
import { OperationScreen } from './operation-screen.tsx';

/** How long typing has to rest before the chain is asked, in milliseconds. */
const REST_MS = 400;

type Start = MetadataText & { readonly clientVersion: string };

/** Changes what a run is configured with: only the parts that differ from the chain are sent. */
export function UpdateConfigurationScreen({ runId }: { runId: string }) {
  const run = useRun(runId);
  const signers = useSigners();
  if (!run.data || !signers.data) {
    return (
      <Page title="Update configuration" width="form">
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
  const started = attempt(() => startOf(run.data));
  if (!started.start) {
    return (
      <Page title={`Update configuration of ${runId}`} width="form">
        <Failure error={started.error} title="This run cannot be written to" />
      </Page>
    );
  }
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  const owner = signers.data.signers.find(({ address }) => address === run.data.mainAuthority);
  return (
    <UpdateForm runId={runId} chain={started.start} signers={owner ? { ...usual, authority: owner.address } : usual} />
  );
}

function UpdateForm({ runId, chain, signers }: { runId: string; chain: Start; signers: SignerChoice }) {
  const navigation = useNavigation();
  const connection = useConnection().data;
  // What the chain said when the form was opened: the values typed over it are compared with this.
  const [start] = useState(chain);
  const [form, setForm] = useState<Start>(chain);
  const [withConfig, setWithConfig] = useState(true);
  const [configText, setConfigText] = useState('');
  const [choice, setChoice] = useState(signers);
  const settledText = useSettled(withConfig ? configText : '', REST_MS);
  const settledForm = useSettled(form, REST_MS);
  const changesMetadata = (['name', 'description', 'parameters', 'vocabulary'] as const).some(
    (key) => settledForm[key] !== start[key],
  );
  const { name, description, parameters, vocabulary } = settledForm;
  const changesAnything =
    settledText.trim() !== '' || changesMetadata || settledForm.clientVersion !== start.clientVersion;
  const request = changesAnything
    ? OperationRequest.safeParse({
        operation: {
          kind: 'update-configuration',
          runId,
          ...(settledText.trim() !== '' && { configText: settledText }),
          ...(changesMetadata && { metadata: { name, description, parameters, vocabulary } }),
          ...(settledForm.clientVersion !== start.clientVersion && { clientVersion: settledForm.clientVersion }),
        },
        signers: choice,
      }).data
    : undefined;
  return (
    <OperationScreen
      title={`Update configuration of ${runId}`}
      lead="Only what differs from the chain is sent. A running run must be paused first, except for its name, description and sizes."
      request={request}
      waitingFor={changesAnything ? 'Put the marked fields right' : 'Change something, or add a configuration file'}
      onDone={() => navigation.replace({ kind: 'run', runId })}
    >
      <Panel title="Configuration">
        <div className="stack">
          <Checkbox
            label="Replace configuration and model"
            checked={withConfig}
            onChange={(event) => setWithConfig(event.currentTarget.checked)}
          />
          {withConfig && (
            <ConfigEditor
              text={configText}
              onChange={setConfigText}
              runId={runId}
              offerSample={connection?.kind === 'online' && connection.cluster === 'practice'}
              rows={14}
            />
          )}
        </div>
      </Panel>
      <Panel title="What people read about it">
        <div className="stack">
          <MetadataFields
            value={form}
            onChange={(metadata) => setForm({ ...form, ...metadata })}
            parametersError={wholeError(form.parameters)}
            vocabularyError={wholeError(form.vocabulary)}
          />
          <BytesField
            label="Client version"
            value={form.clientVersion}
            onChange={(clientVersion) => setForm({ ...form, clientVersion })}
            maxBytes={CLIENT_VERSION_MAX_BYTES}
            mono
            description="Can only change while the run is not running"
          />
        </div>
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={choice} onChange={setChoice} parts={['authority', 'payer']} />
      </Panel>
    </OperationScreen>
  );
}

function startOf(run: RunView): Start {
  const { state } = decodeCoordinatorAccount(run.accountData);
  return {
    name: state.metadata.name,
    description: state.metadata.description,
    parameters: state.metadata.num_parameters.toString(),
    vocabulary: state.metadata.vocab_size.toString(),
    clientVersion: state.client_version,
  };
}

function attempt(work: () => Start): { start?: Start; error?: unknown } {
  try {
    return { start: work() };
  } catch (error) {
    return { error };
  }
}

function wholeError(text: string): string | undefined {
  return /^(0|[1-9]\d{0,19})$/.test(text) ? undefined : 'Write a whole number in digits';
}
