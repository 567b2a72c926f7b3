import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TransactionView } from '#core/transactions/journal-view.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { LIFETIME_WORDS } from '#renderer/lib/lifetime-words.ts';
import { refresh, useSigners } from '#renderer/lib/queries.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { AddSignatures } from './add-signatures.tsx';
import { WhoList } from './who-list.tsx';

/** A transaction that lacks signatures: whose, how to hand it out, and how what comes back is added. */
export function WaitingForSignatures({ view, onSignRest }: { view: TransactionView; onSignRest: () => void }) {
  const { id, missing } = view;
  const client = useClient();
  const queries = useQueryClient();
  const signers = useSigners().data?.signers ?? [];
  const [isAdding, setAdding] = useState(false);
  const refreshed = { onSuccess: () => refresh(queries, 'transactions', 'transaction') };
  const copy = useMutation({
    async mutationFn() {
      const { text } = await client.transactions.exportText({ id });
      await navigator.clipboard.writeText(text);
    },
    ...refreshed,
  });
  const save = useMutation({ mutationFn: () => client.transactions.saveWire({ id }), ...refreshed });
  const isHere = missing.some((address) =>
    signers.some((signer) => signer.address === address && signer.source.kind === 'keyfile'),
  );
  return (
    <Panel title={`Waits for ${missing.length} ${missing.length === 1 ? 'signature' : 'signatures'}`}>
      <div className="stack">
        <WhoList label="Missing signatures" addresses={missing} />
        <p className="muted">{timeWords(view)}</p>
        <div className="row">
          {isHere && <Button onClick={onSignRest}>Sign the rest here</Button>}
          <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
            Copy as text
          </Button>
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            Save as file
          </Button>
          <Button
            variant={isHere || isAdding ? 'default' : 'filled'}
            aria-expanded={isAdding}
            onClick={() => setAdding(!isAdding)}
          >
            Add signatures
          </Button>
        </div>
        {copy.isSuccess && <p role="status">Copied: send it to whoever signs next</p>}
        {save.data?.kind === 'saved' && <p role="status">Saved as {save.data.fileName}</p>}
        {copy.error && <Failure error={copy.error} title="It was not copied" onRetry={() => copy.mutate()} />}
        {save.error && <Failure error={save.error} title="The file was not saved" onRetry={() => save.mutate()} />}
        {isAdding && <AddSignatures id={id} />}
      </div>
    </Panel>
  );
}

function timeWords({ review, flight }: TransactionView): string {
  if (review.lifetime.kind === 'blockhash') {
    return `It lapses about half a minute after it was made. If that is too short, make it again and let it live by ${LIFETIME_WORDS.nonce.name}.`;
  }
  if (flight?.isNonceCurrent === false) {
    return 'Its nonce has moved: it was completed elsewhere and landed, or it is dead. The app finds out which.';
  }
  return 'There is no hurry: it can be signed until its nonce is used or advanced. Whoever signs last can send it.';
}
