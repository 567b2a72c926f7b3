import { Button } from '@mantine/core';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import type { FilledOf } from '#core/command-line/filled-form.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { FieldPlace, useFieldsElsewhere } from '#renderer/lib/field-place.tsx';
import { LivePanel } from '#renderer/lib/live-panel.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useConfigReport, useMintLook, usePrepared } from '#renderer/lib/queries.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { ActionButton } from '#renderer/ui/action-button.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { StepList } from '#renderer/ui/step-list.tsx';
import { LifetimeField } from '../lifetime-field.tsx';
import { SignPlan } from '../sign/sign-plan.tsx';
import { useLifetimeDraft, withLifetime } from '../use-lifetime.ts';
import { WhoMayJoinField } from '../who-may-join-field.tsx';
import { ConfigurationStep } from './configuration-step.tsx';
import { type CreateDraft, draftProblems, requestOf, STEPS, type StepName } from './draft.ts';
import { markUsed } from './fill-draft.ts';
import { IdentityStep } from './identity-step.tsx';
import { PastedNotice } from './pasted-notice.tsx';
import { ReviewStep } from './review-step.tsx';
import { RewardsStep } from './rewards-step.tsx';

const TITLES: Readonly<Record<StepName, string>> = {
  who: 'Who may join',
  identity: 'Identity',
  rewards: 'Rewards',
  configuration: 'Configuration',
  review: 'Review',
};
const NEXT: Readonly<Record<StepName, string>> = {
  who: 'Continue to identity',
  identity: 'Continue to rewards',
  rewards: 'Continue to configuration',
  configuration: 'Continue to review',
  review: 'Review and sign',
};

/** The step that has each field which a check may name. */
const STEP_OF_FIELD: Readonly<Record<string, StepName>> = {
  whoMayJoin: 'who',
  runId: 'identity',
  metadata: 'identity',
  clientVersion: 'identity',
  accountSeed: 'identity',
  authority: 'identity',
  payer: 'identity',
  joinAuthority: 'identity',
  'rewards.mint': 'rewards',
  'rewards.treasurerIndex': 'rewards',
  'rewards.earning': 'rewards',
  'rewards.slashing': 'rewards',
  'rewards.topUp': 'rewards',
  configText: 'configuration',
};

/** How long typing has to rest before the chain is asked or the draft is written, in milliseconds. */
const REST_MS = 400;

type Props = {
  start: CreateDraft;
  isResumed: boolean;
  isPractice: boolean;
  /** The mint that the practice network's demo wallet holds tokens of. */
  demoMint: string | undefined;
  /** The pasted command that the draft was filled from. */
  filled: FilledOf<'create-run'> | undefined;
  fresh: () => CreateDraft;
};

/** The guided sequence. Every step can be left; what was typed is kept on disk until the run exists. */
export function CreateRunForm({ start, isResumed, isPractice, demoMint, filled, fresh }: Props) {
  const client = useClient();
  const navigation = useNavigation();
  const [draft, setDraft] = useState(start);
  const [resumed, setResumed] = useState(isResumed);
  const [signing, setSigning] = useState<OperationRequest>();
  const settled = useSettled(draft, REST_MS);
  useEffect(() => {
    // A draft that cannot be written is no reason to stop typing: it is tried again with the next change.
    client.config.saveDraft({ text: JSON.stringify(settled) }).catch(() => undefined);
  }, [client, settled]);
  useEffect(() => {
    if (filled) markUsed(filled);
  }, [filled]);

  useFieldsElsewhere(
    STEP_OF_FIELD,
    useCallback((step: StepName) => setDraft((before) => ({ ...before, step })), []),
  );

  const withConfig = draft.step === 'configuration' || draft.step === 'review';
  const mint = useMintLook(draft.rewards.isOn ? draft.rewards.mint : '');
  const lifetime = useLifetimeDraft('create-run', undefined);
  const request = withLifetime(requestOf(settled, withConfig, mint.data), lifetime.typed);
  const prepared = usePrepared(request);
  const report = useConfigReport(settled.configLater ? '' : settled.configText);
  const problems = draftProblems(draft, mint.data);
  const reason = stepReason(draft, problems, report.data?.acceptable === false && !draft.configLater);
  const index = STEPS.indexOf(draft.step);

  function advance(event: FormEvent) {
    event.preventDefault();
    if (reason !== '') return;
    const next = STEPS[index + 1];
    if (next) setDraft({ ...draft, step: next });
    else setSigning(withLifetime(requestOf(draft, true, mint.data), lifetime.typed));
  }

  if (signing) {
    return (
      <Page key="sign" title={`Create run ${draft.runId}`} lead="Review and sign" width="decision">
        <SignPlan
          request={signing}
          onLeave={() => setSigning(undefined)}
          onDone={() => {
            lifetime.forget();
            client.config.saveDraft({ text: '' }).catch(() => undefined);
            navigation.replace({ kind: 'run', runId: draft.runId });
          }}
        />
      </Page>
    );
  }

  return (
    <Page
      key="form"
      title="Create run"
      lead={
        isPractice ? 'Everything is filled in for practising: press the button at the bottom of each step.' : undefined
      }
      width="form"
    >
      <StepList
        label="Steps of creating a run"
        steps={STEPS.map((id, position) => ({
          id,
          title: TITLES[id],
          state: id === draft.step ? 'current' : position < index ? 'done' : 'open',
        }))}
        onGo={(id) => setDraft({ ...draft, step: STEPS.find((step) => step === id) ?? 'who' })}
      />
      {filled && <PastedNotice filled={filled} />}
      {resumed && (
        <Notice
          tone="info"
          title="This is the run you had begun to create"
          actions={
            <>
              <Button size="xs" variant="default" onClick={() => setResumed(false)}>
                Continue with it
              </Button>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                onClick={() => {
                  setDraft(fresh());
                  setResumed(false);
                }}
              >
                Start over
              </Button>
            </>
          }
        />
      )}
      <Split
        main={
          <form key={draft.step} className="stack-wide" onSubmit={advance} aria-label={TITLES[draft.step]}>
            {draft.step === 'who' && (
              <Panel title="Who may join">
                <FieldPlace name="whoMayJoin">
                  <WhoMayJoinField value={draft.who} onChange={(who) => setDraft({ ...draft, who })} />
                </FieldPlace>
              </Panel>
            )}
            {draft.step === 'identity' && (
              <IdentityStep
                draft={draft}
                onChange={setDraft}
                problems={problems}
                runIdRefusal={
                  request?.operation.kind === 'create-run' && request.operation.runId === draft.runId
                    ? refusalOf(prepared.data?.checks, 'runId')
                    : undefined
                }
                seedRefusal={settled === draft ? refusalOf(prepared.data?.checks, 'accountSeed') : undefined}
              />
            )}
            {draft.step === 'rewards' && (
              <RewardsStep
                draft={draft}
                onChange={setDraft}
                problems={problems}
                mint={mint}
                demoMint={demoMint}
                refusal={(field) => (settled === draft ? refusalOf(prepared.data?.checks, field) : undefined)}
                approvals={request && prepared.data?.steps.length}
              />
            )}
            {draft.step === 'configuration' && (
              <ConfigurationStep draft={draft} onChange={setDraft} isPractice={isPractice} />
            )}
            {draft.step === 'review' && (
              <>
                <ReviewStep draft={draft} approvals={prepared.data?.steps.length} />
                <LifetimeField choice={lifetime.typed} onChoice={lifetime.type} />
              </>
            )}
            <div className="row">
              {index > 0 && (
                <Button variant="default" onClick={() => setDraft({ ...draft, step: STEPS[index - 1] ?? 'who' })}>
                  Back
                </Button>
              )}
              <ActionButton type="submit" reason={reason} autoFocus={isPractice}>
                {NEXT[draft.step]}
              </ActionButton>
            </div>
          </form>
        }
        side={
          <LivePanel
            request={request}
            waitingFor={Object.values(problems)[0] ?? 'Fill in the form to see what it will do'}
            showChanges={draft.step === 'review'}
          />
        }
      />
    </Page>
  );
}

/** Why the current step cannot be left forwards. Earlier steps count only at the end, so that one may look ahead. */
function stepReason(draft: CreateDraft, problems: ReturnType<typeof draftProblems>, isConfigRefused: boolean): string {
  const config =
    problems.config ??
    (isConfigRefused ? 'Put the configuration right first, or choose to configure later' : undefined);
  const identity =
    problems.runId ??
    problems.name ??
    problems.description ??
    problems.parameters ??
    problems.vocabulary ??
    problems.clientVersion ??
    problems.seed ??
    problems.authority ??
    problems.payer ??
    problems.joinAuthority;
  const isAmountWrong = [problems.earning, problems.slashing, problems.topUp].some((problem) => problem !== undefined);
  const rewards =
    (problems.mint === undefined ? undefined : mintReason(draft)) ??
    problems.treasurerIndex ??
    (isAmountWrong ? 'Put the marked amount right' : undefined) ??
    problems.funder;
  switch (draft.step) {
    case 'who':
      return problems.who ?? '';
    case 'identity':
      return identity ?? '';
    case 'rewards':
      return rewards ?? '';
    case 'configuration':
      return config ?? '';
    case 'review':
      return problems.who ?? identity ?? rewards ?? config ?? '';
  }
}

/** The field itself says what is wrong with the mint; beside the button a few words do. */
function mintReason({ rewards }: CreateDraft): string {
  return rewards.mint.trim() === '' ? 'Type the mint of the reward token' : 'Choose a mint that can be used';
}

function refusalOf(
  checks:
    | readonly { kind: string; field?: string | undefined; title: string; reason: string; remedy: string }[]
    | undefined,
  field: string,
): string | undefined {
  const failing = checks?.find((check) => check.kind === 'fail' && check.field === field);
  return failing && [failing.title, failing.reason, failing.remedy].filter(Boolean).join('. ');
}
