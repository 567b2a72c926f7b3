import { type ReactNode, useState } from 'react';
import type { AuthorizationList, AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { OperationRequest, type OperationInput } from '#core/operations/request.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useAuthorizations, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';
import { WhoMayJoinField, type WhoMayJoinText } from '../who-may-join-field.tsx';
import { agoWords } from './authorization-words.ts';
import { addressOrNone } from './listing.ts';
import { WhoInFull } from './who.tsx';

type Props = {
  title: string;
  lead: string;
  /** Empty: chosen in the form. */
  grantor: string;
  /** Empty: chosen in the form. */
  grantee: string;
  operation: (grantee: Address) => OperationInput;
  /** What to know about this authorization, once it was read. */
  children: (row: AuthorizationRow, clusterTime: number) => ReactNode;
};

/** A form about one authorization that its join authority signs. */
export function GrantorForm(props: Props) {
  const signers = useSigners();
  if (!signers.data) return <WaitingForm title={props.title} queries={[signers]} />;
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  return <ReadyForm {...props} start={props.grantor === '' ? usual : { ...usual, joinAuthority: props.grantor }} />;
}

function ReadyForm({ title, lead, grantor, grantee, operation, children, start }: Props & { start: SignerChoice }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const [who, setWho] = useState<WhoMayJoinText>(() => ({
    kind: grantee === '' || grantee === SYSTEM_PROGRAM ? 'anyone' : 'user',
    address: grantee === SYSTEM_PROGRAM ? '' : grantee,
  }));
  const [choice, setChoice] = useState(start);
  const user = who.kind === 'anyone' ? SYSTEM_PROGRAM : addressOrNone(who.address);
  const authority = addressOrNone(choice.joinAuthority);
  const list = useAuthorizations(user && authority ? { grantor: authority, grantee: user } : undefined);
  const request =
    user &&
    OperationRequest.safeParse({
      operation: operation(user),
      signers: { ...choice, authority: choice.authority || choice.joinAuthority },
    }).data;
  return (
    <OperationScreen
      title={title}
      lead={lead}
      request={request}
      waitingFor={user ? 'Choose the join authority and the fee payer' : 'Type the address of the user'}
      onDone={() => navigation.replace({ kind: 'authorizations' })}
    >
      {grantee === '' && (
        <Panel title="Whose authorization">
          <WhoMayJoinField label="Authorization for" value={who} onChange={setWho} />
        </Panel>
      )}
      {user && authority && (
        <Panel title="Authorization">
          <QueryGate
            query={list}
            failed="The authorization could not be read"
            skeleton={<SkeletonLines lines={4} label="Reading the authorization" />}
          >
            {(answer) => <About answer={answer} grantee={user} grantor={authority} labels={labels} />}
          </QueryGate>
        </Panel>
      )}
      {list.data?.rows[0] && children(list.data.rows[0], list.data.clusterTime)}
      {grantor !== '' && !labels.has(grantor) && (
        <Notice tone="warn" title="You do not hold the key of this join authority">
          Only its key can sign this. Add it under Signers first.
        </Notice>
      )}
      <Panel title="Signers">
        <SignersFields
          choice={choice}
          onChange={setChoice}
          parts={grantor === '' ? ['joinAuthority', 'payer'] : ['payer']}
        />
      </Panel>
    </OperationScreen>
  );
}

function About({
  answer: {
    rows: [row],
    clusterTime,
  },
  grantee,
  grantor,
  labels,
}: {
  answer: AuthorizationList;
  grantee: Address;
  grantor: Address;
  labels: ReadonlyMap<string, string>;
}) {
  return (
    <Facts
      facts={[
        { label: 'Who may join', value: <WhoInFull grantee={grantee} /> },
        { label: 'Join authority', value: <FullAddress address={grantor} label={labels.get(grantor)} /> },
        {
          label: 'State',
          value: row ? row.active ? <Chip tone="good">active</Chip> : <Chip>inactive</Chip> : 'There is none',
        },
        ...(row
          ? [
              { label: 'Delegates', value: row.delegates.length === 0 ? 'None' : row.delegates.length },
              {
                label: 'Last switched',
                value: row.updatedAt === undefined ? 'Never' : agoWords(row.updatedAt, clusterTime),
              },
              { label: 'Runs', value: <RunsInLine runs={row.runs} /> },
            ]
          : []),
      ]}
    />
  );
}

/** More ids than these say nothing more. */
const MOST_SHOWN = 12;

function RunsInLine({ runs }: { runs: readonly string[] }) {
  if (runs.length === 0) return <>None has this join authority</>;
  const others = runs.length - MOST_SHOWN;
  return (
    <>
      <Said text={runs.slice(0, MOST_SHOWN).join(', ')} />
      {others > 0 && ` and ${others} more`}
    </>
  );
}
