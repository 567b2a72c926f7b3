import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { refresh, useConnection, useSigners } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { AddAddress } from './add-address.tsx';
import { LedgerPanel } from './ledger-panel.tsx';
import { RolesPanel } from './roles-panel.tsx';
import { NewKeyForm } from './new-key-form.tsx';
import { SignerCard } from './signer-card.tsx';
import { type LockedKeyfile, UnlockForm } from './unlock-form.tsx';
import { WordsPanel } from './words-panel.tsx';

/** What the screen asks before it goes on with the list. */
type Asking =
  | { readonly kind: 'passphrase'; readonly file: LockedKeyfile }
  | { readonly kind: 'new-key' }
  | { readonly kind: 'words'; readonly words: string };

/** Keys the operator signs with, and the part each plays. */
export function SignersScreen() {
  const client = useClient();
  const navigation = useNavigation();
  const queries = useQueryClient();
  const signers = useSigners();
  const connection = useConnection().data;
  const isPractice = connection?.kind === 'online' && connection.cluster === 'practice';
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const add = useMutation({
    mutationFn: () => client.signers.addKeyfile({}),
    onSuccess: (answer) => answer.kind === 'locked' && setAsking({ kind: 'passphrase', file: answer }),
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
      actions={
        <div className="row">
          <Button variant="default" onClick={() => navigation.go({ kind: 'nonce-accounts' })}>
            Nonce accounts
          </Button>
          <Button variant="default" disabled={asking !== undefined} onClick={() => setAsking({ kind: 'new-key' })}>
            New key…
          </Button>
          {addButton}
        </div>
      }
      width="form"
    >
      {add.error && <Failure error={add.error} title="The keyfile was not added" onRetry={() => add.mutate()} />}
      {asking?.kind === 'passphrase' && <UnlockForm key={asking.file.handle} file={asking.file} onClose={close} />}
      {asking?.kind === 'new-key' && (
        <NewKeyForm
          onMade={(words) => (words === '' ? close() : setAsking({ kind: 'words', words }))}
          onClose={close}
        />
      )}
      {asking?.kind === 'words' && <WordsPanel words={asking.words} onDone={close} />}
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
