import { Checkbox, TextInput } from '@mantine/core';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { CLIENT_VERSION_MAX_BYTES } from '#core/layouts/programs.ts';
import { ConfigEditor } from '#renderer/lib/config-text/config-editor.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useConnection } from '#renderer/lib/queries.ts';
import { isHalted } from '#renderer/lib/run-states.ts';
import { Said } from '#renderer/lib/said.tsx';
import { SignersFields } from '#renderer/lib/signers-fields.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { BytesField } from '#renderer/ui/bytes-field.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { checkpointWords } from '#renderer/lib/checkpoint-words.ts';
import { MetadataFields } from './metadata-fields.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { PauseFirst } from './pause-first.tsx';
import { type ReadyRun, RunFormGate } from './run-form-gate.tsx';
import {
  chainTexts,
  changedParts,
  requestOf,
  stepError,
  touchedMetadata,
  type UpdateText,
  wholeError,
} from './update-text.ts';

/** How long typing has to rest before the chain is asked, in milliseconds. */
const REST_MS = 400;

type Filled = Extract<FilledForm, { kind: 'update-configuration' }>;

const useUpdateDraft = formDraft<UpdateText>();

/** Changes what a run is configured with: only the parts that differ from the chain are sent. */
export function UpdateConfigurationScreen({ runId, filled }: { runId: string; filled?: Filled | undefined }) {
  return (
    <RunFormGate runId={runId} title={`Update configuration of ${runId}`}>
      {(ready) => <UpdateForm {...ready} filled={filled} />}
    </RunFormGate>
  );
}

function UpdateForm({ run, account, choice, filled }: ReadyRun & { filled: Filled | undefined }) {
  const { runId } = run;
  const navigation = useNavigation();
  const connection = useConnection().data;
  const draft = useUpdateDraft(`${run.account} ${JSON.stringify(filled ?? {})}`, {
    ...(filled?.name !== undefined && { name: filled.name }),
    ...(filled?.description !== undefined && { description: filled.description }),
    ...(filled?.parameters !== undefined && { parameters: filled.parameters }),
    ...(filled?.vocabulary !== undefined && { vocabulary: filled.vocabulary }),
    ...(filled?.clientVersion !== undefined && { clientVersion: filled.clientVersion }),
    configText: '',
    step: filled?.restartFromStep ?? '',
    switchToHub: filled?.switchToHub ?? false,
    signers: choice,
  });
  const { typed, type } = draft;
  const settled = useSettled(typed, REST_MS);
  const chain = chainTexts(account);
  // What was not typed over follows the chain.
  const shown = { ...chain, ...typed };
  const changed = changedParts(chain, typed);
  const { coordinator } = account.state;
  const halted = isHalted(coordinator.run_state);
  const checkpoint = checkpointWords(coordinator.model.LLM.checkpoint);
  const comesFromClients = checkpoint.kind.startsWith('From clients');
  return (
    <OperationScreen
      title={`Update configuration of ${runId}`}
      lead="Only what differs from the chain is sent."
      request={requestOf(runId, chain, typed)}
      asked={requestOf(runId, chain, settled)}
      waitingFor={
        Object.values(changed).some(Boolean)
          ? 'Put the marked fields right'
          : 'Change something, or add a configuration file'
      }
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'run', runId });
      }}
    >
      {coordinator.run_state === 'Finished' && (
        <Notice tone="bad" title="It is finished: nothing of it can change any more" />
      )}
      {!halted && (
        <PauseFirst
          runId={runId}
          isPending={coordinator.pending_pause}
          title="It is running: pause it first to change more than its name, description and sizes"
          isUrgent={changed.config || changed.version || changed.step || changed.hub}
        />
      )}
      <Panel title="Configuration file" aside={<PartState changed={changed.config} />}>
        <div className="stack">
          {filled?.configPath !== undefined && typed.configText === '' && (
            <Notice tone="info" title="The command names a file: open it here">
              <span className="mono">
                <Said text={filled.configPath} />
              </span>
            </Notice>
          )}
          <FieldPlace name="configText">
            <ConfigEditor
              text={typed.configText}
              onChange={(configText) => type({ ...typed, configText })}
              runId={runId}
              offerSample={connection?.kind === 'online' && connection.cluster === 'practice'}
              rows={14}
            />
          </FieldPlace>
        </div>
      </Panel>
      <Panel title="What people read about it" aside={<PartState changed={changed.metadata} />}>
        <FieldPlace name="metadata">
          <div className="stack">
            <MetadataFields
              value={shown}
              onChange={(metadata) => type({ ...typed, ...touchedMetadata(chain, typed, metadata) })}
              parametersError={wholeError(shown.parameters)}
              vocabularyError={wholeError(shown.vocabulary)}
            />
          </div>
        </FieldPlace>
      </Panel>
      <Panel title="Version" aside={<PartState changed={changed.version} />}>
        <FieldPlace name="clientVersion">
          <BytesField
            label="Client version"
            value={shown.clientVersion}
            onChange={(clientVersion) => type({ ...typed, clientVersion })}
            maxBytes={CLIENT_VERSION_MAX_BYTES}
            mono
            description="Clients of another version stop when they see it"
          />
        </FieldPlace>
      </Panel>
      <Panel title="Progress" aside={<PartState changed={changed.step} />}>
        <FieldPlace name="restartFromStep">
          <TextInput
            label="Restart from step"
            description={`Now at step ${formatCount(coordinator.progress.step)} of ${formatCount(coordinator.config.total_steps)}, data index ${formatCount(coordinator.progress.epoch_start_data_index)}. The data index that belongs to the new step follows from the batch schedule; it stands under What changes. Empty: progress stays.`}
            inputMode="numeric"
            value={typed.step}
            onChange={(event) => type({ ...typed, step: event.currentTarget.value })}
            error={stepError(typed.step)}
            classNames={{ input: 'mono' }}
            maw={420}
          />
        </FieldPlace>
      </Panel>
      <Panel title="Where the model comes from" aside={<PartState changed={changed.hub} />}>
        <FieldPlace name="switchToHub">
          <Checkbox
            label="Take the next epoch’s model from the Hub instead of from the clients"
            description={
              comesFromClients || typed.switchToHub
                ? `Now: ${checkpoint.kind}${checkpoint.place && ` (${checkpoint.place})`}. Clients then download the last saved checkpoint.`
                : `Now: ${checkpoint.kind}${checkpoint.place && ` (${checkpoint.place})`}. There is nothing to switch: clients do not hand the model on to each other.`
            }
            checked={typed.switchToHub}
            onChange={(event) => type({ ...typed, switchToHub: event.currentTarget.checked })}
          />
        </FieldPlace>
      </Panel>
      <Panel title="Signers">
        <SignersFields
          choice={typed.signers}
          onChange={(signers) => type({ ...typed, signers })}
          parts={['authority', 'payer']}
        />
      </Panel>
    </OperationScreen>
  );
}

function PartState({ changed }: { changed: boolean }) {
  return changed ? <Chip tone="accent">will be sent</Chip> : <span>as on chain</span>;
}
