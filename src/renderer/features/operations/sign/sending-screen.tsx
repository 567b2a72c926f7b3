import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useTransaction } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { MessageHash } from '#renderer/lib/review/message-hash.tsx';
import { OutcomeNotice } from '#renderer/lib/review/outcome-notice.tsx';
import { TransactionTimeline } from '#renderer/lib/review/transaction-timeline.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** A transaction on its way: its timeline, then its outcome. A plan goes on by itself once this one is confirmed. */
export function SendingScreen({
  transactionId,
  title,
  onConfirmed,
  onReviewAgain,
}: {
  transactionId: string;
  title: string;
  onConfirmed: () => void;
  onReviewAgain: () => void;
}) {
  const navigation = useNavigation();
  const transaction = useTransaction(transactionId);
  const isConfirmed = transaction.data?.outcome?.kind === 'confirmed';
  useEffect(() => {
    if (isConfirmed) onConfirmed();
    // Once per transaction: a caller that draws again must not go on twice.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isConfirmed]);
  return (
    <Panel title={title} aside="Safe to leave: it goes on, and Transactions shows what became of it">
      <QueryGate query={transaction} failed="The transaction could not be read">
        {(view) => (
          <div className="stack-wide">
            <TransactionTimeline transaction={view} />
            {view.outcome && (
              <OutcomeNotice
                outcome={view.outcome}
                failure={view.failure}
                actions={
                  view.outcome.kind !== 'confirmed' && (
                    <>
                      {view.outcome.kind !== 'unknown' && (
                        <Button size="xs" onClick={onReviewAgain}>
                          Review it again
                        </Button>
                      )}
                      <Button
                        size="xs"
                        variant="default"
                        onClick={() => navigation.go({ kind: 'transaction', id: transactionId })}
                      >
                        Open the transaction
                      </Button>
                    </>
                  )
                }
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
