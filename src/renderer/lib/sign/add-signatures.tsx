import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandedTransaction } from '#core/transactions/handed-transaction.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { Failure } from '#renderer/lib/failure.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { refresh, useHanded } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { HandedFailure, HandedTextField } from './handed-text-field.tsx';
import { WhoList } from './who-list.tsx';

/** How long typing rests before a text is looked at, milliseconds. */
const REST_MS = 250;

type Known = Extract<HandedTransaction, { kind: 'known' }>;

/** Brings the signatures of others to a transaction of the journal. */
export function AddSignatures({ id }: { id: string }) {
  const navigation = useNavigation();
  const [text, setText] = useState('');
  const handed = useHanded(useSettled(text, REST_MS));
  const found = handed.data;
  return (
    <div className="stack">
      <HandedTextField text={text} onText={setText} autoFocus />
      {handed.isLoading && <SkeletonLines lines={2} label="Reading the transaction" />}
      {handed.error && <HandedFailure error={handed.error} onRetry={() => void handed.refetch()} />}
      {found?.kind === 'foreign' && (
        <Notice
          tone="warn"
          title="This is another transaction"
          actions={
            <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'open-transaction', text })}>
              Open it by itself
            </Button>
          }
        >
          Its message is not the one that waits here, so its signatures do not fit.
        </Notice>
      )}
      {found?.kind === 'known' && (
        <KnownHanded key={found.id} found={found} text={text} expectedId={id} onAdded={() => setText('')} />
      )}
    </div>
  );
}

/** What pasted bytes bring to a transaction of the journal, and the button that adds it. */
export function KnownHanded({
  found: { id, title, adds, missing, isEnded },
  text,
  expectedId,
  onAdded,
}: {
  found: Known;
  text: string;
  /** The transaction whose screen this is, if it is one's. */
  expectedId?: string;
  onAdded: (id: string) => void;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const add = useMutation({
    mutationFn: () => client.transactions.addSignatures({ id, text }),
    onSuccess() {
      refresh(queries, 'transactions', 'transaction', 'handed');
      onAdded(id);
    },
  });
  const open = (
    <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'transaction', id })}>
      Open “<Said text={title} />”
    </Button>
  );
  if (expectedId !== undefined && expectedId !== id) {
    return (
      <Notice tone="warn" title="This belongs to another transaction of yours" actions={open}>
        It fits “<Said text={title} />
        ”, not the one shown here.
      </Notice>
    );
  }
  const elsewhere = expectedId === undefined && open;
  if (isEnded) {
    return (
      <Notice tone="info" title="This transaction has ended: nothing can be added to it" actions={elsewhere}>
        “<Said text={title} />” is in the journal with its result.
      </Notice>
    );
  }
  if (adds.length === 0) {
    return (
      <Notice tone="info" title="It carries no signature that is still missing" actions={elsewhere}>
        {missing.length === 0
          ? 'All signatures are there already.'
          : `Ask ${missing.length === 1 ? 'whoever is missing' : `those ${missing.length} who are missing`} to sign, and paste what they send back.`}
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={`It brings ${counted(adds.length)} to “${title}”`}>
      <div className="stack">
        <WhoList label="Signatures it brings" addresses={adds} />
        {missing.length === 0 ? (
          <p>Then all are there, and it is sent at once.</p>
        ) : (
          <div>
            <p>Still missing then:</p>
            <WhoList label="Still missing then" addresses={missing} />
          </div>
        )}
        {add.error && <Failure error={add.error} title="Nothing was added" onRetry={() => add.mutate()} />}
        <div className="row">
          <Button loading={add.isPending} onClick={() => add.mutate()}>
            {missing.length === 0 ? `Add ${counted(adds.length)} and send` : `Add ${counted(adds.length)}`}
          </Button>
          {elsewhere}
        </div>
      </div>
    </Notice>
  );
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'signature' : 'signatures'}`;
}
