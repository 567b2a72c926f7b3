import { useState } from 'react';
import { OperationRequest } from '#core/operations/request.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { WhoMayJoinField, type WhoMayJoinText } from './who-may-join-field.tsx';

const TITLE = 'Who may join';

/** Lets everyone, or one user, join every run that accepts a join authority. */
export function WhoMayJoinScreen() {
  const signers = useSigners();
  if (!signers.data) {
    return (
      <Page title={TITLE} width="form">
        <QueryGate query={signers} failed="The signers could not be read">
          {() => null}
        </QueryGate>
      </Page>
    );
  }
  return <WhoMayJoinForm start={defaultChoice(signers.data.signers, signers.data.roles)} />;
}

function WhoMayJoinForm({ start }: { start: SignerChoice }) {
  const navigation = useNavigation();
  const [who, setWho] = useState<WhoMayJoinText>({ kind: 'anyone', address: '' });
  const [choice, setChoice] = useState(start);
  const request = OperationRequest.safeParse({
    operation: {
      kind: 'allow-to-join',
      whoMayJoin: who.kind === 'anyone' ? { kind: 'anyone' } : { kind: 'user', address: who.address.trim() },
    },
    signers: { ...choice, authority: choice.authority || choice.joinAuthority },
  }).data;
  return (
    <OperationScreen
      title={TITLE}
      lead="An authorization covers every run whose join authority (grantor) gave it. The join authority signs; another key may pay."
      request={request}
      waitingFor={
        who.kind === 'user' && who.address === ''
          ? 'Type the address of the user'
          : 'Choose the join authority and the fee payer'
      }
      onDone={() => navigation.replace({ kind: 'transactions' })}
    >
      <Panel title="Let in">
        <WhoMayJoinField value={who} onChange={setWho} />
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={choice} onChange={setChoice} parts={['joinAuthority', 'payer']} />
      </Panel>
    </OperationScreen>
  );
}
