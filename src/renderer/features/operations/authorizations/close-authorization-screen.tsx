import { Button } from '@mantine/core';
import type { AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { CLOSING_RULE, closingWords } from './authorization-words.ts';
import { GrantorForm } from './grantor-form.tsx';

/** Removes an authorization; its rent comes back. */
export function CloseAuthorizationScreen({ grantor, grantee }: { grantor: string; grantee: string }) {
  return (
    <GrantorForm
      title="Close an authorization"
      lead="The account is removed and its rent goes to the fee payer. The command line cannot do this."
      grantor={grantor}
      grantee={grantee}
      operation={(user) => ({ kind: 'close-authorization', grantee: user })}
    >
      {(row, clusterTime) => <WhenToClose row={row} clusterTime={clusterTime} />}
    </GrantorForm>
  );
}

function WhenToClose({ row, clusterTime }: { row: AuthorizationRow; clusterTime: number }) {
  const navigation = useNavigation();
  const { grantor, grantee, closing, lamports } = row;
  return (
    <Panel title="When it can be closed">
      <div className="stack">
        {closing.kind === 'now' ? (
          <p>
            Now. <Sol lamports={lamports} native /> of rent comes back. To let the user in again, a new authorization is
            needed: its delegates are forgotten.
          </p>
        ) : (
          <Notice
            tone="warn"
            title={closing.kind === 'from' ? 'Not yet' : 'It is still active'}
            actions={
              closing.kind === 'deactivate-first' && (
                <Button
                  size="xs"
                  onClick={() => navigation.go({ kind: 'set-authorization-active', grantor, grantee, active: false })}
                >
                  Deactivate it
                </Button>
              )
            }
          >
            {closingWords(closing, clusterTime)}
          </Notice>
        )}
        <p className="muted small">{CLOSING_RULE}</p>
      </div>
    </Panel>
  );
}
