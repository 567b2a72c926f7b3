import { useNavigation } from '#renderer/lib/navigation.tsx';
import type { TransactionView } from '#core/transactions/journal-view.ts';
import { useTransaction } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { OutcomeBadge } from '#renderer/lib/review/outcome-badge.tsx';
import { OutcomeNotice } from '#renderer/lib/review/outcome-notice.tsx';
import { ReviewFacts, ReviewFlags, ReviewInstructions } from '#renderer/lib/review/review-facts.tsx';
import { TransactionTimeline } from '#renderer/lib/review/transaction-timeline.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RawText } from '#renderer/ui/raw-text.tsx';
import { Split } from '#renderer/ui/split.tsx';

/** One transaction in full: its life, its end, and what was signed. */
export function TransactionScreen({ id }: { id: string }) {
  const transaction = useTransaction(id);
  return (
    <Page
      title={transaction.data ? <Said text={transaction.data.title} /> : 'Transaction'}
      above={
        transaction.data && (
          <div className="row">
            <OutcomeBadge outcome={transaction.data.outcome} />
          </div>
        )
      }
      width="form"
    >
      <QueryGate query={transaction} failed="The transaction could not be read">
        {(view) => <TransactionBody view={view} />}
      </QueryGate>
    </Page>
  );
}

function TransactionBody({ view }: { view: TransactionView }) {
  const navigation = useNavigation();
  const { runId } = view;
  return (
    <Split
      main={
        <>
          {view.outcome && <OutcomeNotice outcome={view.outcome} failure={view.failure} />}
          <ReviewFlags review={view.review} />
          <ReviewInstructions review={view.review} />
          <ReviewFacts
            review={view.review}
            network={view.networkName}
            expiry={view.outcome ? 'It has ended' : 'It is on its way'}
          />
        </>
      }
      side={
        <>
          <Panel title="Timeline">
            <TransactionTimeline transaction={view} />
          </Panel>
          <Panel title="Names">
            <Facts
              facts={[
                { label: 'Signature', value: <span className="mono small">{view.signature || 'none yet'}</span> },
                { label: 'Genesis hash', value: <span className="mono small">{view.genesisHash}</span> },
                ...(runId === undefined
                  ? []
                  : [
                      {
                        label: 'Run',
                        value: (
                          <button type="button" className="link" onClick={() => navigation.go({ kind: 'run', runId })}>
                            <Said text={runId} />
                          </button>
                        ),
                      },
                    ]),
              ]}
            />
          </Panel>
          <Fold title="Signed bytes">
            <RawText text={view.wireBase64} label="Transaction in base64" wrap />
          </Fold>
        </>
      }
    />
  );
}
