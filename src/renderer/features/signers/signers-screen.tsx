import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh, useConnection, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { AddAddress } from './add-address.tsx';
import { LedgerPanel } from './ledger-panel.tsx';
import { RolesPanel } from './roles-panel.tsx';
import { SignerCard } from './signer-card.tsx';

/** Keys the operator signs with, and the part each plays. */
export function SignersScreen() {
  const client = useClient();
  const queries = useQueryClient();
  const signers = useSigners();
  const connection = useConnection().data;
  const isPractice = connection?.kind === 'online' && connection.cluster === 'practice';
  const add = useMutation({
    mutationFn: () => client.signers.addKeyfile({}),
    onSettled: () => refresh(queries, 'signers'),
  });
  const addButton = (
    <Button loading={add.isPending} onClick={() => add.mutate()}>
      Add keyfile
    </Button>
  );
  return (
    <Page
      title="Signers"
      lead="Only the path of a keyfile is remembered. The key is read when something is signed, in a process of its own, and wiped after."
      actions={addButton}
      width="form"
    >
      {add.error && <Failure error={add.error} title="The keyfile was not added" onRetry={() => add.mutate()} />}
      <QueryGate query={signers} failed="The signers could not be read">
        {({ signers: all, roles, balances }) => (
          <Split
            main={
              all.length === 0 ? (
                <EmptyState title="No signers yet" actions={addButton}>
                  Add the keyfile you use with the Solana command line, for example id.json. To look at a run without
                  signing, an address alone is enough.
                </EmptyState>
              ) : (
                <ul className="stack" aria-label="Signers">
                  {all.map((signer) => (
                    <SignerCard
                      key={signer.id}
                      signer={signer}
                      roles={roles}
                      balance={balances[signer.address]}
                      offersFaucet={isPractice}
                    />
                  ))}
                </ul>
              )
            }
            side={
              <>
                {all.length > 0 && <RolesPanel signers={all} roles={roles} />}
                <Panel title="Address without key">
                  <AddAddress />
                </Panel>
                <LedgerPanel />
              </>
            }
          />
        )}
      </QueryGate>
    </Page>
  );
}
