import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { TransactionView } from '#core/transactions/journal-view.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { refresh, useTransaction } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { MessageHash } from '#renderer/lib/review/message-hash.tsx';
import { OutcomeNotice } from '#renderer/lib/review/outcome-notice.tsx';
import { TransactionTimeline } from '#renderer/lib/review/transaction-timeline.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SignRest } from './sign-rest.tsx';
import { WaitingForSignatures } from './waiting-for-signatures.tsx';

type Props = {
  transactionId: string;
  title: string;
  /** Called once. Absent: the result stays on screen. */
  onConfirmed?: () => void;
  /** Absent for a transaction that was not made here. */
  onReviewAgain?: () => void;
};

/** A transaction after its review: what it waits for, its timeline, then its outcome. A plan goes on by itself once this one is confirmed. */
export function SendingScreen({ transactionId, title, onConfirmed, onReviewAgain }: Props) {
  const queries = useQueryClient();
  const transaction = useTransaction(transactionId);
  const [signsRest, setSignsRest] = useState(false);
  const isConfirmed = transaction.data?.outcome?.kind === 'confirmed';
  useEffect(() => {
    if (isConfirmed) onConfirmed?.();
    // Once per transaction: a caller that draws again must not go on twice.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isConfirmed]);
  if (signsRest) {
    return (
      <SignRest
        id={transactionId}
        onLeave={() => setSignsRest(false)}
        onSigned={() => {
          refresh(queries, 'transactions', 'transaction');
          setSignsRest(false);
        }}
      />
    );
  }
  return (
    <Panel title={<Said text={title} />} aside="Safe to leave: it goes on, and Transactions shows what became of it">
      <QueryGate query={transaction} failed="The transaction could not be read">
        {(view) => (
          <div className="stack-wide">
            {view.missing.length > 0 && !view.outcome && (
              <WaitingForSignatures view={view} onSignRest={() => setSignsRest(true)} />
            )}
            <TransactionTimeline transaction={view} />
            {view.outcome && (
              <OutcomeNotice
                outcome={view.outcome}
                failure={view.failure}
                livesByNonce={view.review.lifetime.kind === 'nonce'}
                actions={<NextSteps view={view} onReviewAgain={onReviewAgain} />}
              />
            )}
            <div>
              <p className="muted small">Message hash</p>
              <MessageHash hash={view.messageHash} />
            </div>
          </div>
        )}
      </QueryGate>
    </Panel>
  );
}

function NextSteps({
  view: { id, outcome },
  onReviewAgain,
}: {
  view: TransactionView;
  onReviewAgain: (() => void) | undefined;
}) {
  const navigation = useNavigation();
  const canRepeat = outcome?.kind !== 'confirmed' && outcome?.kind !== 'unknown';
  return (
    <>
      {canRepeat && onReviewAgain && (
        <Button size="xs" onClick={onReviewAgain}>
          Review it again
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'transaction', id })}>
        Open the transaction
      </Button>
    </>
  );
}
