import { Radio } from '@mantine/core';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { REPOSITORY_TEXT_BYTES } from '#core/operations/checkpoint/input.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { BytesField } from '#renderer/ui/bytes-field.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { checkpointWords } from '#renderer/lib/checkpoint-words.ts';
import { OperationScreen } from './operation-screen.tsx';
import { type ReadyRun, RunFormGate } from './run-form-gate.tsx';

/** How long typing has to rest before the chain is asked, in milliseconds. */
const REST_MS = 400;

type Filled = Extract<FilledForm, { kind: 'checkpoint' }>;

type CheckpointText = {
  readonly kind: 'hub' | 'gcs';
  readonly repository: string;
  readonly revision: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly user: string;
  readonly signers: SignerChoice;
};

const useCheckpointDraft = formDraft<CheckpointText>();

/** Records where the newest checkpoint lies. A client of the epoch signs. */
export function CheckpointScreen({ runId, filled }: { runId: string; filled?: Filled | undefined }) {
  return (
    <RunFormGate runId={runId} title={`Record a checkpoint of ${runId}`}>
      {(ready) => <CheckpointForm {...ready} filled={filled} />}
    </RunFormGate>
  );
}

function CheckpointForm({ run, account, signers, choice, filled }: ReadyRun & { filled: Filled | undefined }) {
  const { runId } = run;
  const navigation = useNavigation();
  const epoch = new Set(account.state.coordinator.epoch_state.clients.map(({ id }) => addressFromBytes(id.signer)));
  const own = signers.filter(({ address }) => epoch.has(address));
  const draft = useCheckpointDraft(`${run.account} ${JSON.stringify(filled ?? {})}`, {
    kind: 'hub',
    repository: filled?.repository ?? '',
    revision: filled?.revision ?? '',
    bucket: '',
    prefix: '',
    user: own[0]?.address ?? '',
    signers: choice,
  });
  const { typed, type } = draft;
  const settled = useSettled(typed, REST_MS);
  const { kind, place } = checkpointWords(account.state.coordinator.model.LLM.checkpoint);
  return (
    <OperationScreen
      title={`Record a checkpoint of ${runId}`}
      lead="Tells the run where the newest checkpoint was saved. Clients do this themselves during the cooldown."
      request={requestOf(runId, typed)}
      asked={requestOf(runId, settled)}
      waitingFor={waitingWords(typed)}
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'run', runId });
      }}
    >
      <Panel title="Where it lies now">
        <Facts
          facts={[
            { label: 'Kind', value: kind },
            { label: 'Place', value: <Said text={place} empty="none" /> },
          ]}
        />
      </Panel>
      <Panel title="Where the new one lies">
        <div className="stack">
          <Radio.Group
            label="Kind of place"
            description="A run that is kept on the Hub takes only the Hub, one in cloud storage only cloud storage; anything else is ignored"
            value={typed.kind}
            onChange={(value) => type({ ...typed, kind: value === 'gcs' ? 'gcs' : 'hub' })}
          >
            <div className="row" style={{ marginTop: 8, gap: 20 }}>
              <Radio value="hub" label="Hugging Face Hub" />
              <Radio value="gcs" label="Google Cloud Storage" />
            </div>
          </Radio.Group>
          <FieldPlace name="repository">
            <div className="columns-2">
              {typed.kind === 'hub' ? (
                <>
                  <BytesField
                    label="Repository"
                    placeholder="owner/name"
                    value={typed.repository}
                    onChange={(repository) => type({ ...typed, repository })}
                    maxBytes={REPOSITORY_TEXT_BYTES}
                    mono
                  />
                  <BytesField
                    label="Revision"
                    placeholder="empty: the newest"
                    value={typed.revision}
                    onChange={(revision) => type({ ...typed, revision })}
                    maxBytes={REPOSITORY_TEXT_BYTES}
                    mono
                  />
                </>
              ) : (
                <>
                  <BytesField
                    label="Bucket"
                    value={typed.bucket}
                    onChange={(bucket) => type({ ...typed, bucket })}
                    maxBytes={REPOSITORY_TEXT_BYTES}
                    mono
                  />
                  <BytesField
                    label="Prefix"
                    placeholder="empty: the whole bucket"
                    value={typed.prefix}
                    onChange={(prefix) => type({ ...typed, prefix })}
                    maxBytes={REPOSITORY_TEXT_BYTES}
                    mono
                  />
                </>
              )}
            </div>
          </FieldPlace>
        </div>
      </Panel>
      <Panel title="Signers">
        <div className="stack">
          {own.length === 0 && (
            <Notice tone="warn" title="None of your keys is a client of this epoch">
              {epoch.size === 0
                ? 'The epoch has no clients at all, so nobody can record a checkpoint now.'
                : `Only its ${epoch.size} ${epoch.size === 1 ? 'client' : 'clients'} may record a checkpoint.`}
            </Notice>
          )}
          <FieldPlace name="user">
            <SignerSelect
              label="Client"
              description="A client of the epoch that runs, or of the last one; it signs"
              value={typed.user}
              onChange={(user) => type({ ...typed, user })}
              error={
                typed.user !== '' && !own.some(({ address }) => address === typed.user)
                  ? 'Not a client of this epoch'
                  : undefined
              }
            />
          </FieldPlace>
          <SignersFields
            choice={typed.signers}
            onChange={(next) => type({ ...typed, signers: next })}
            parts={['payer']}
          />
        </div>
      </Panel>
    </OperationScreen>
  );
}

function requestOf(runId: string, typed: CheckpointText): OperationRequest | undefined {
  const { kind, repository, revision, bucket, prefix, user, signers } = typed;
  if ((kind === 'hub' ? repository : bucket).trim() === '') return undefined;
  const place =
    kind === 'hub'
      ? { kind, repository, ...(revision !== '' && { revision }) }
      : { kind, bucket, ...(prefix !== '' && { prefix }) };
  return OperationRequest.safeParse({ operation: { kind: 'checkpoint', runId, user, repository: place }, signers })
    .data;
}

function waitingWords({ kind, repository, bucket, user }: CheckpointText): string {
  if (kind === 'hub' && repository.trim() === '') return 'Type the repository';
  if (kind === 'gcs' && bucket.trim() === '') return 'Type the bucket';
  return user === '' ? 'Choose the client that signs' : 'Put the marked fields right';
}
