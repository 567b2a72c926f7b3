import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { CLOSING_RULE } from './authorization-words.ts';
import { GrantorForm } from './grantor-form.tsx';

/** Makes an authorization count again, or no longer. */
export function SetAuthorizationActiveScreen({
  grantor,
  grantee,
  active,
}: {
  grantor: string;
  grantee: string;
  active: boolean;
}) {
  return (
    <GrantorForm
      title={active ? 'Reactivate an authorization' : 'Deactivate an authorization'}
      lead={
        active
          ? 'The user, and the delegates it names, may join again.'
          : 'Nobody can join with it any more. The account and its rent stay until it is closed; the command line calls this “delete”.'
      }
      grantor={grantor}
      grantee={grantee}
      operation={(user) => ({ kind: 'set-authorization-active', grantee: user, active })}
    >
      {({ delegates, grantee: user }) => (
        <Panel title="Afterwards">
          <ul className="stack">
            {(active ? reactivated(delegates.length, user === SYSTEM_PROGRAM) : deactivated(delegates.length)).map(
              (line) => (
                <li key={line}>{line}</li>
              ),
            )}
          </ul>
        </Panel>
      )}
    </GrantorForm>
  );
}

function deactivated(delegates: number): readonly string[] {
  return [
    delegates === 0
      ? 'It can be closed at once afterwards.'
      : 'Because it has delegates, it can be closed 30 days after this.',
    'It can be reactivated at any time.',
  ];
}

function reactivated(delegates: number, isEveryone: boolean): readonly string[] {
  if (isEveryone) return ['Any wallet may join again.', 'It can be deactivated, and then closed, at any time.'];
  return [
    delegates === 0
      ? 'It has no delegates: only the user itself may join.'
      : `Its ${delegates} delegates may join too.`,
    CLOSING_RULE,
  ];
}
