import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Flight, LandedDetails, TransactionView } from '#core/transactions/journal-view.ts';
import type { Review } from '#core/transactions/review.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { refresh, useTransaction } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { OutcomeBadge } from '#renderer/lib/review/outcome-badge.tsx';
import { OutcomeNotice } from '#renderer/lib/review/outcome-notice.tsx';
import { ReviewFacts, ReviewFlags, ReviewInstructions } from '#renderer/lib/review/review-facts.tsx';
import { TransactionTimeline } from '#renderer/lib/review/transaction-timeline.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { SignRest } from '#renderer/lib/sign/sign-rest.tsx';
import { WaitingForSignatures } from '#renderer/lib/sign/waiting-for-signatures.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { Split } from '#renderer/ui/split.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { FlightPanel } from './flight-panel.tsx';
import { LogTreePanel } from './log-tree-panel.tsx';
import { RevokePanel } from './revoke-panel.tsx';
import { SignedBytes } from './signed-bytes.tsx';
import { SignersPanel } from './signers-panel.tsx';
import { UsedBy } from './used-by.tsx';
import { WordsPanel } from './words-panel.tsx';

/** One transaction in full: its life, its end, what was signed and what it changed. */
export function TransactionScreen({ id }: { id: string }) {
  const queries = useQueryClient();
  const transaction = useTransaction(id);
  const [signsRest, setSignsRest] = useState(false);
  const title = transaction.data ? <Said text={transaction.data.title} /> : 'Transaction';
  if (signsRest) {
    return (
      <Page key="sign" title={title} lead="Sign what is missing" width="decision">
        <SignRest
          id={id}
          onLeave={() => setSignsRest(false)}
          onSigned={() => {
            refresh(queries, 'transactions', 'transaction');
            setSignsRest(false);
          }}
        />
      </Page>
    );
  }
  return (
    <Page
      key="view"
      title={title}
      above={
        transaction.data && (
          <div className="row">
            <OutcomeBadge outcome={transaction.data.outcome} missing={transaction.data.missing.length} />
            {transaction.data.label !== '' && (
              <Chip>
                <Said text={transaction.data.label} />
              </Chip>
            )}
          </div>
        )
      }
      width="form"
    >
      <QueryGate query={transaction} failed="The transaction could not be read">
        {(view) => <TransactionBody view={view} onSignRest={() => setSignsRest(true)} />}
      </QueryGate>
    </Page>
  );
}

function TransactionBody({ view, onSignRest }: { view: TransactionView; onSignRest: () => void }) {
  const { flight, outcome, overrides, review, missing, wireBase64 } = view;
  const { lifetime } = review;
  return (
    <Split
      main={
        <>
          {outcome && (
            <OutcomeNotice
              outcome={outcome}
              failure={view.failure}
              livesByNonce={lifetime.kind === 'nonce'}
              usedBy={<UsedBy id={view.id} nonce={view.nonce} />}
              actions={<NextStep view={view} />}
            />
          )}
          {flight && missing.length > 0 && <WaitingForSignatures view={view} onSignRest={onSignRest} />}
          {flight && <FlightPanel view={view} flight={flight} />}
          {flight && lifetime.kind === 'nonce' && <RevokePanel lifetime={lifetime} view={view} />}
          {overrides.length > 0 && (
            <Notice tone="warn" title="Signed although checks advised against it">
              <ul>
                {overrides.map((override) => (
                  <li key={override}>
                    <Said text={override} />
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <ReviewFlags review={flight ? review : withoutTime(review)} />
          <ReviewInstructions review={review} />
          <ReviewFacts
            review={review}
            network={<Said text={view.networkName} />}
            expiry={flight ? canLandUntil(flight, review) : 'It has ended and cannot land again'}
          />
          {(outcome?.kind === 'confirmed' || outcome?.kind === 'failed') && <Landed view={view} />}
          {wireBase64 !== undefined && (
            <SignedBytes id={view.id} wireBase64={wireBase64} sizeBytes={review.sizeBytes} />
          )}
        </>
      }
      side={
        <>
          <Panel title="Timeline">
            <TransactionTimeline transaction={view} />
          </Panel>
          <WordsPanel view={view} />
          <SignersPanel view={view} />
          <Names view={view} />
        </>
      }
    />
  );
}

/** The one thing to do after an ending; while it may still land there is none. */
function NextStep({ view: { outcome, runId } }: { view: TransactionView }) {
  const navigation = useNavigation();
  if (outcome?.kind === 'unknown' || runId === undefined) return null;
  return (
    <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'run', runId })}>
      {outcome?.kind === 'confirmed' ? 'Open the run' : 'Open the run to make it again'}
    </Button>
  );
}

/** What has ended can neither land again nor be cancelled. */
function withoutTime(review: Review): Review {
  return { ...review, flags: review.flags.filter(({ code }) => !code.startsWith('lifetime/')) };
}

function canLandUntil({ lastValidBlockHeight }: Flight, { lifetime }: Review): string {
  if (lifetime.kind === 'nonce') return 'Until its nonce moves';
  return lastValidBlockHeight === undefined
    ? 'Until its blockhash lapses'
    : `Until block ${formatCount(lastValidBlockHeight)}`;
}

/** What the network keeps of one that landed. Of a refused one the journal has the logs as well. */
function Landed({ view: { id, outcome, review } }: { view: TransactionView }) {
  const client = useClient();
  const landed = useQuery({
    queryKey: ['transaction', id, 'landed'],
    queryFn: () => client.transactions.landed({ id }),
  });
  const names = new Map<string, string>(review.programs.map(({ address, name }) => [address, name]));
  const kept = outcome?.kind === 'failed' && outcome.logs.length > 0 ? outcome.logs : undefined;
  return (
    <>
      <QueryGate
        query={landed}
        failed="The network could not be asked what it changed"
        skeleton={<SkeletonLines lines={3} height={24} label="Asking the network what it changed" />}
      >
        {(details) =>
          details.kind === 'landed' ? (
            <>
              <ChangesPanel landed={details} />
              {!kept && <LogTreePanel logs={details.logs} names={names} />}
            </>
          ) : (
            <Panel title="Balance changes">
              <p className="muted">{MISSING[details.reason]}</p>
            </Panel>
          )
        }
      </QueryGate>
      {kept && <LogTreePanel logs={kept} names={names} />}
    </>
  );
}

const MISSING: Readonly<Record<Extract<LandedDetails, { kind: 'unavailable' }>['reason'], string>> = {
  'other-network': 'Connect to the network it landed on to see what it changed.',
  'not-kept': 'The network no longer keeps what it changed. An archive node may.',
  'not-landed': 'It has not landed, so it changed nothing.',
};

function Names({ view: { signature, genesisHash, messageHash, runId, outcome } }: { view: TransactionView }) {
  const navigation = useNavigation();
  return (
    <Panel title="Names">
      <Facts
        facts={[
          {
            label: 'Signature',
            value: signature === '' ? 'none yet' : <Copyable text={signature} label="Copy signature" />,
          },
          { label: 'Message hash', value: <Copyable text={messageHash} label="Copy message hash" /> },
          ...(outcome && 'slot' in outcome ? [{ label: 'Slot', value: formatCount(outcome.slot) }] : []),
          { label: 'Genesis hash', value: <span className="mono small">{genesisHash}</span> },
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
  );
}

function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <>
      <span className="mono small break">{text}</span> <CopyButton text={text} label={label} />
    </>
  );
}
