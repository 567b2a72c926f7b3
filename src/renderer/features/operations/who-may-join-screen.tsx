import { useMemo } from 'react';
import type { FilledOf } from '#core/command-line/filled-form.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useLabels } from '#renderer/lib/labels.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useSigners } from '#renderer/lib/queries.ts';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { type ListedUsers, parseUsers } from '#core/authorizations/parse-users.ts';
import { NO_USERS, UsersField, type UsersText } from './authorizations/users-field.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { WaitingForm } from './waiting-form.tsx';
import { WhoMayJoinField, type WhoMayJoinText } from './who-may-join-field.tsx';

const TITLE = 'Let someone join';

/** Milliseconds without typing before the chain is asked. */
const REST_MS = 300;

type Filled = FilledOf<'allow-to-join'> | FilledOf<'allow-many'>;

/** Lets everyone, one user or a list of them join every run that accepts a join authority. */
export function WhoMayJoinScreen({ filled }: { filled?: Filled | undefined }) {
  const signers = useSigners();
  if (!signers.data) return <WaitingForm title={TITLE} queries={[signers]} />;
  return <WhoMayJoinForm start={defaultChoice(signers.data.signers, signers.data.roles)} filled={filled} />;
}

type Typed = {
  readonly isMany: boolean;
  readonly who: WhoMayJoinText;
  readonly users: UsersText;
  readonly choice: SignerChoice;
};

const ANYONE: WhoMayJoinText = { kind: 'anyone', address: '' };

const useAllowDraft = formDraft<Typed>();

function WhoMayJoinForm({ start, filled }: { start: SignerChoice; filled: Filled | undefined }) {
  const navigation = useNavigation();
  const labels = useLabels();
  const { typed, type, forget } = useAllowDraft(filled ? JSON.stringify(filled) : '', {
    isMany: filled?.kind === 'allow-many',
    who: filled?.kind === 'allow-to-join' ? { kind: filled.who, address: filled.address ?? '' } : ANYONE,
    users: filled?.kind === 'allow-many' ? { ...NO_USERS, text: filled.users.join('\n') } : NO_USERS,
    choice: start,
  });
  const reading = useMemo(() => parseUsers(typed.users.text, labels), [typed.users.text, labels]);
  const request = useMemo(() => requestOf(typed, reading), [typed, reading]);
  const settled = useSettled(request, REST_MS);
  return (
    <OperationScreen
      title={TITLE}
      lead="An authorization covers every run whose join authority (grantor) gave it. The join authority signs; another key may pay."
      request={request}
      asked={settled}
      waitingFor={waitingWords(typed, reading)}
      onDone={() => {
        forget();
        navigation.replace({ kind: 'authorizations' });
      }}
    >
      <Panel title="Let in">
        <FieldPlace name={typed.isMany ? 'users' : 'whoMayJoin'}>
          <WhoMayJoinField
            value={typed.who}
            onChange={(who) => type({ ...typed, who, isMany: false })}
            many={{
              isChosen: typed.isMany,
              onChoose: () => type({ ...typed, isMany: true }),
              field: (
                <UsersField
                  label="Users"
                  value={typed.users}
                  onChange={(users) => type({ ...typed, users })}
                  reading={reading}
                />
              ),
            }}
          />
        </FieldPlace>
      </Panel>
      <Panel title="Signers">
        <SignersFields
          choice={typed.choice}
          onChange={(choice) => type({ ...typed, choice })}
          parts={['joinAuthority', 'payer']}
        />
      </Panel>
    </OperationScreen>
  );
}

function requestOf({ isMany, who, users, choice }: Typed, reading: ListedUsers): OperationRequest | undefined {
  if (isMany && hasOpenProblems(users, reading)) return undefined;
  return OperationRequest.safeParse({
    operation: isMany
      ? { kind: 'allow-many', users: reading.users.map(({ address, label }) => ({ address, label })) }
      : {
          kind: 'allow-to-join',
          whoMayJoin: who.kind === 'anyone' ? { kind: 'anyone' } : { kind: 'user', address: who.address.trim() },
        },
    signers: { ...choice, authority: choice.authority || choice.joinAuthority },
  }).data;
}

function hasOpenProblems({ leavesOut }: UsersText, { findings }: ListedUsers): boolean {
  return !leavesOut && findings.some(({ level }) => level === 'bad');
}

function waitingWords({ isMany, who, users }: Typed, reading: ListedUsers): string {
  if (isMany && users.text.trim() === '') return 'Paste the users, or open a file with them';
  if (isMany && hasOpenProblems(users, reading)) return 'Put the marked lines right, or leave them out';
  if (isMany && reading.users.length === 0) return 'Add at least one user';
  if (!isMany && who.kind === 'user' && who.address === '') return 'Type the address of the user';
  return 'Choose the join authority and the fee payer';
}
