import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type { AuthorizationList } from '#core/authorizations/authorization-view.ts';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { type DelegatesOutcome, delegatesAfter } from './delegates-draft.ts';
import { DelegatesList } from './delegates-list.tsx';
import { parseUsers } from '#core/authorizations/parse-users.ts';
import { NO_USERS, UsersField, type UsersText } from './users-field.tsx';
import { WhoInFull } from './who.tsx';

/** Milliseconds without typing before the chain is asked. */
const REST_MS = 300;

type Typed = {
  /** Addresses to take off the list; `all` whatever is on it. */
  readonly takenOff: 'all' | readonly string[];
  readonly added: UsersText;
  readonly choice: SignerChoice;
};

const useDelegatesDraft = formDraft<Typed>();

type Props = {
  title: string;
  grantor: Address | undefined;
  grantee: Address | undefined;
  list: UseQueryResult<AuthorizationList>;
  payer: string;
  filled: Extract<FilledForm, { kind: 'set-delegates' }> | undefined;
  /** Where the two keys are chosen, when they are not given. */
  fields: ReactNode;
};

/** The current list, what is taken off it and what is added; the whole list afterwards is what gets signed. */
export function DelegatesForm({ title, grantor, grantee, list, payer, filled, fields }: Props) {
  const navigation = useNavigation();
  const labels = useLabels();
  const { typed, type, forget } = useDelegatesDraft(`${grantor ?? ''} ${grantee ?? ''} ${JSON.stringify(filled)}`, {
    takenOff: filled?.clears ? 'all' : [],
    added: { ...NO_USERS, text: filled?.added.join('\n') ?? '' },
    choice: { payer, authority: payer, joinAuthority: payer },
  });
  const row = list.data?.rows[0];
  const current = useMemo(() => row?.delegates ?? [], [row]);
  const reading = useMemo(() => parseUsers(typed.added.text, labels), [typed.added.text, labels]);
  const outcome = useMemo(
    () => delegatesAfter(current, new Set(typed.takenOff === 'all' ? current : typed.takenOff), reading),
    [current, typed.takenOff, reading],
  );
  const isOpen = !typed.added.leavesOut && reading.findings.some(({ level }) => level === 'bad');
  const hasChange = outcome.added.length + outcome.removed.length > 0;
  const request = useMemo(
    () =>
      row && !isOpen && hasChange
        ? OperationRequest.safeParse({
            operation: { kind: 'set-delegates', grantor, grantee, delegates: outcome.after },
            signers: { payer: typed.choice.payer, authority: grantee, joinAuthority: grantor },
          }).data
        : undefined,
    [row, isOpen, hasChange, grantor, grantee, outcome, typed.choice],
  );
  const asked = useSettled(request, REST_MS);
  return (
    <OperationScreen
      title={title}
      lead="Delegates may join in the name of a user (grantee) with keys of their own. Only the user can set them, and signs."
      request={request}
      asked={asked}
      waitingFor={waitingWords({ hasKeys: !!grantor && !!grantee, isThere: !!row, isOpen, hasChange })}
      onDone={() => {
        forget();
        navigation.replace({ kind: 'authorizations' });
      }}
    >
      {fields}
      {grantor && grantee && (
        <QueryGate
          query={list}
          failed="The authorization could not be read"
          skeleton={
            <Panel title="Delegates now">
              <SkeletonLines lines={4} label="Reading the authorization" />
            </Panel>
          }
        >
          {({ rows: [found] }) =>
            found ? (
              <Panel title="Authorization">
                <Facts
                  facts={[
                    { label: 'User', value: <WhoInFull grantee={found.grantee} /> },
                    {
                      label: 'Join authority',
                      value: <FullAddress address={found.grantor} label={labels.get(found.grantor)} />,
                    },
                  ]}
                />
                {!found.mineToUse && (
                  <Notice tone="warn" title="You do not hold the key of this user">
                    Only its key can sign this. Add it under Signers first.
                  </Notice>
                )}
              </Panel>
            ) : (
              <Notice tone="warn" title="This join authority gave this user no authorization">
                There is nothing to set delegates of. Ask the join authority to let the user join first.
              </Notice>
            )
          }
        </QueryGate>
      )}
      {row && (
        <>
          <Panel
            title="Delegates now"
            aside={
              current.length > 0 && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => type({ ...typed, takenOff: typed.takenOff === 'all' ? [] : 'all' })}
                >
                  {typed.takenOff === 'all' ? 'Keep them' : 'Remove all'}
                </Button>
              )
            }
          >
            <DelegatesList
              delegates={current}
              removed={outcome.removed}
              onToggle={(delegate) => type({ ...typed, takenOff: toggled(typed.takenOff, current, delegate) })}
            />
          </Panel>
          <Panel title="Add">
            <FieldPlace name="delegates">
              <UsersField
                label="Delegates to add"
                noun="key"
                value={typed.added}
                onChange={(added) => type({ ...typed, added })}
                reading={{ ...reading, findings: [...reading.findings, ...outcome.findings] }}
              />
            </FieldPlace>
          </Panel>
          <Panel title="What it comes to">
            <Sums outcome={outcome} before={current.length} />
          </Panel>
        </>
      )}
      <Panel title="Signers">
        <SignersFields choice={typed.choice} onChange={(choice) => type({ ...typed, choice })} parts={['payer']} />
      </Panel>
    </OperationScreen>
  );
}

/** Bytes of a delegate in the account. Source: PROTOCOL §5.1. */
const DELEGATE_BYTES = 32;

function Sums({ outcome: { after, added, removed }, before }: { outcome: DelegatesOutcome; before: number }) {
  const grown = (after.length - before) * DELEGATE_BYTES;
  return (
    <Facts
      wide
      facts={[
        { label: 'Now', value: before },
        { label: 'Removed', value: removed.length },
        { label: 'Added', value: added.length },
        { label: 'Afterwards', value: <strong>{after.length}</strong> },
        {
          label: 'Size of the account',
          value: grown === 0 ? 'stays' : grown > 0 ? `${grown} bytes more rent` : `${-grown} bytes of rent come back`,
        },
      ]}
    />
  );
}

function toggled(takenOff: Typed['takenOff'], current: readonly string[], delegate: string): readonly string[] {
  const gone = takenOff === 'all' ? current : takenOff;
  return gone.includes(delegate) ? gone.filter((one) => one !== delegate) : [...gone, delegate];
}

function waitingWords({
  hasKeys,
  isThere,
  isOpen,
  hasChange,
}: {
  hasKeys: boolean;
  isThere: boolean;
  isOpen: boolean;
  hasChange: boolean;
}): string {
  if (!hasKeys) return 'Choose the join authority and the user';
  if (!isThere) return 'The authorization has to be read first';
  if (isOpen) return 'Put the marked lines right, or leave them out';
  if (!hasChange) return 'Remove or add a delegate';
  return 'Choose the fee payer';
}
