import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CanJoinAnswer, CanJoinQuestion } from '#core/authorizations/authorization-view.ts';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { ChecksList } from '#renderer/lib/checks-list.tsx';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { HelpfulButton } from '#renderer/lib/helpful-button.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useCanJoin, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { ReadAge } from '#renderer/lib/read-age.tsx';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { addressError } from '../address-error.ts';
import { WaitingForm } from '../waiting-form.tsx';
import { type ByWhich, ByWhichField, byWhichOf, granteeOf } from './by-which-field.tsx';
import { addressOrNone } from './listing.ts';

const TITLE = 'Can it join?';

/** Milliseconds without typing before the chain is asked. */
const REST_MS = 300;

type Filled = Extract<FilledForm, { kind: 'can-join' }>;
type Typed = { readonly runId: string; readonly user: string; readonly by: ByWhich };

/** Every rule between a key and a run, as the chain stands now. Nothing is sent. */
export function CanJoinScreen({ runId, filled }: { runId: string; filled?: Filled | undefined }) {
  const signers = useSigners();
  if (!signers.data) return <WaitingForm title={TITLE} queries={[signers]} />;
  const user = filled ? (filled.address ?? '') : (signers.data.signers[0]?.address ?? '');
  return <Asking start={{ runId: filled?.runId ?? runId, user, by: byWhichOf(filled?.grantee, user) }} />;
}

function Asking({ start }: { start: Typed }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const [typed, setTyped] = useState(start);
  const settled = useSettled(typed, REST_MS);
  const question = questionOf(settled);
  const answer = useCanJoin(question);
  const label = labels.get(typed.user.trim());
  const grantee = question?.grantee;
  return (
    <Page
      title={TITLE}
      lead="Asks the chain what would become of a client that joins now. Nothing is signed or sent."
      width="form"
      actions={
        grantee !== undefined && (
          <Button
            variant="default"
            onClick={() => navigation.go({ kind: 'join-kit', runId: typed.runId.trim(), grantee })}
          >
            Join kit
          </Button>
        )
      }
    >
      <Split
        main={
          <form className="stack-wide" onSubmit={(event) => event.preventDefault()}>
            <Panel title="Who and where">
              <div className="stack">
                <FieldPlace name="runId">
                  <TextInput
                    label="Run id"
                    value={typed.runId}
                    onChange={(event) => setTyped({ ...typed, runId: event.currentTarget.value })}
                    classNames={{ input: 'mono' }}
                  />
                </FieldPlace>
                <FieldPlace name="user">
                  <TextInput
                    label="Key that would join"
                    description={label === undefined ? 'The public address of the client’s wallet' : `Yours: ${label}`}
                    placeholder="base58, 32 bytes"
                    value={typed.user}
                    onChange={(event) => setTyped({ ...typed, user: event.currentTarget.value })}
                    error={typed.user === '' ? undefined : addressError(typed.user)}
                    classNames={{ input: 'mono' }}
                  />
                </FieldPlace>
                <FieldPlace name="grantee">
                  <ByWhichField value={typed.by} onChange={(by) => setTyped({ ...typed, by })} />
                </FieldPlace>
              </div>
            </Panel>
          </form>
        }
        side={
          question === undefined ? (
            <Panel title="Checklist">
              <p className="muted">{waitingWords(typed)}</p>
            </Panel>
          ) : (
            <QueryGate
              query={answer}
              failed="The chain could not be asked"
              skeleton={
                <Panel title="Checklist">
                  <SkeletonLines lines={7} label="Reading the run and the authorization" />
                </Panel>
              }
            >
              {(read) => (
                <>
                  <Answer answer={read} />
                  <ReadAge
                    slot={read.slot}
                    readAt={answer.dataUpdatedAt}
                    isReading={answer.isFetching}
                    onRead={() => void answer.refetch()}
                  />
                </>
              )}
            </QueryGate>
          )
        }
      />
    </Page>
  );
}

function Answer({ answer: { canJoin, checks, action, authorization } }: { answer: CanJoinAnswer }) {
  const failing = checks.filter(({ kind }) => kind === 'fail').length;
  return (
    <>
      <Notice
        tone={canJoin ? 'good' : 'bad'}
        title={
          canJoin
            ? 'It can join now'
            : `It cannot join: ${failing === 1 ? 'one check fails' : `${failing} checks fail`}`
        }
        actions={action && <HelpfulButton action={action} size="xs" />}
      />
      <Panel title="Checklist">
        <ChecksList checks={checks} besideForm />
      </Panel>
      <Panel title="Authorization">
        <Facts facts={[{ label: 'Account', value: <FullAddress address={authorization} /> }]} />
      </Panel>
    </>
  );
}

function questionOf({ runId, user, by }: Typed): CanJoinQuestion | undefined {
  const key = addressOrNone(user);
  const grantee = key && granteeOf(by, key);
  return runId.trim() === '' || !key || !grantee ? undefined : { runId: runId.trim(), user: key, grantee };
}

function waitingWords({ runId, user, by }: Typed): string {
  if (runId.trim() === '') return 'Type the run id';
  if (addressOrNone(user) === undefined) return 'Type the address of the key that would join';
  return by.kind === 'other' ? 'Type the address of the user that named the key a delegate' : 'Asking in a moment';
}
