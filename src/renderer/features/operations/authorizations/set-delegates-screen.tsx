import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useAuthorizations, useSigners } from '#renderer/lib/queries.ts';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { defaultChoice } from '#renderer/lib/signers-fields.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { addressError } from '../address-error.ts';
import { WaitingForm } from '../waiting-form.tsx';
import { DelegatesForm } from './delegates-form.tsx';
import { addressOrNone } from './listing.ts';

const TITLE = 'Set delegates';

type Filled = Extract<FilledForm, { kind: 'set-delegates' }>;

/** Which keys may join in the name of a user. The user signs. */
export function SetDelegatesScreen({
  grantor,
  grantee,
  filled,
}: {
  /** Empty: chosen in the form, as is an empty grantee. */
  grantor: string;
  grantee: string;
  filled?: Filled | undefined;
}) {
  const signers = useSigners();
  if (grantee === SYSTEM_PROGRAM) return <NotForEveryone />;
  if (!signers.data) return <WaitingForm title={TITLE} queries={[signers]} />;
  const { payer, authority } = defaultChoice(signers.data.signers, signers.data.roles);
  return (
    <Choosing
      start={{ grantor: grantor || (filled?.grantor ?? ''), grantee: grantee || authority }}
      isFixed={grantor !== '' && grantee !== ''}
      payer={payer}
      filled={filled}
    />
  );
}

function NotForEveryone() {
  const navigation = useNavigation();
  return (
    <Page title={TITLE} width="form">
      <EmptyState
        title="Everyone’s authorization cannot have delegates"
        actions={<Button onClick={() => navigation.replace({ kind: 'authorizations' })}>Who may join</Button>}
      >
        Nobody holds the key of {SYSTEM_PROGRAM}, so nobody can sign for it. It needs no delegates: any key may join by
        it.
      </EmptyState>
    </Page>
  );
}

type Pair = { readonly grantor: string; readonly grantee: string };

function Choosing({
  start,
  isFixed,
  payer,
  filled,
}: {
  start: Pair;
  isFixed: boolean;
  payer: string;
  filled: Filled | undefined;
}) {
  const [pair, setPair] = useState(start);
  const grantor = addressOrNone(pair.grantor);
  const grantee = addressOrNone(pair.grantee);
  const list = useAuthorizations(grantor && grantee ? { grantor, grantee } : undefined);
  const fields = isFixed ? null : (
    <Panel title="Whose authorization">
      <div className="stack">
        <TextInput
          label="Join authority"
          description="The key that gave the authorization"
          placeholder="base58, 32 bytes"
          value={pair.grantor}
          onChange={(event) => setPair({ ...pair, grantor: event.currentTarget.value })}
          error={pair.grantor === '' ? undefined : addressError(pair.grantor)}
          classNames={{ input: 'mono' }}
        />
        <SignerSelect
          label="User"
          description="The key that has the authorization (grantee); it signs"
          value={pair.grantee}
          onChange={(chosen) => setPair({ ...pair, grantee: chosen })}
        />
      </div>
    </Panel>
  );
  return (
    <DelegatesForm
      key={`${grantor ?? ''} ${grantee ?? ''}`}
      title={TITLE}
      grantor={grantor}
      grantee={grantee}
      list={list}
      payer={payer}
      filled={filled}
      fields={fields}
    />
  );
}
