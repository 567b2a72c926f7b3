import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HandedTransaction } from '#core/transactions/handed-transaction.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useHanded } from '#renderer/lib/queries.ts';
import { MessageHash } from '#renderer/lib/review/message-hash.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { KnownHanded } from '#renderer/lib/sign/add-signatures.tsx';
import { HandedFailure, HandedTextField } from '#renderer/lib/sign/handed-text-field.tsx';
import { ReviewScreen } from '#renderer/lib/sign/review-screen.tsx';
import { SendingScreen } from '#renderer/lib/sign/sending-screen.tsx';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';

/** How long typing rests before a text is looked at, milliseconds. */
const REST_MS = 250;

type Foreign = Extract<HandedTransaction, { kind: 'foreign' }>;

type Phase =
  | { kind: 'pasting' }
  | { kind: 'reviewing'; found: Foreign }
  | { kind: 'sending'; found: Foreign; transactionId: string };

/** A transaction that somebody sent: its signatures are added to what waits here, or it is reviewed and signed from its bytes. */
export function OpenTransactionScreen({ text: start = '' }: { text?: string | undefined }) {
  const navigation = useNavigation();
  const [text, setText] = useState(start);
  const [phase, setPhase] = useState<Phase>({ kind: 'pasting' });
  const handed = useHanded(useSettled(text, REST_MS));
  if (phase.kind === 'reviewing') {
    const { found } = phase;
    return (
      <Page
        key="review"
        title={<Said text={found.step.title} />}
        lead="It came from elsewhere: believe only what its bytes say"
        width="decision"
      >
        <ReviewScreen
          step={found.step}
          onApproved={(transactionId) => setPhase({ kind: 'sending', found, transactionId })}
          onLeave={() => setPhase({ kind: 'pasting' })}
        />
      </Page>
    );
  }
  if (phase.kind === 'sending') {
    return (
      <Page key="sending" title={<Said text={phase.found.step.title} />} width="decision">
        <SendingScreen transactionId={phase.transactionId} title="What becomes of it" />
      </Page>
    );
  }
  return (
    <Page
      key="paste"
      title="Open a transaction"
      lead="One that somebody sent you. If it waits here for signatures, they are added; any other is reviewed from its bytes."
      width="decision"
    >
      <Panel title="What you were sent">
        <HandedTextField text={text} onText={setText} autoFocus={start === ''} />
      </Panel>
      {handed.isLoading && <SkeletonLines lines={3} label="Reading the transaction" />}
      {handed.error && <HandedFailure error={handed.error} onRetry={() => void handed.refetch()} />}
      {handed.data?.kind === 'known' && (
        <KnownHanded
          found={handed.data}
          text={text}
          onAdded={(id) => navigation.replace({ kind: 'transaction', id })}
        />
      )}
      {handed.data?.kind === 'foreign' && (
        <ForeignFound found={handed.data} onReview={(found) => setPhase({ kind: 'reviewing', found })} />
      )}
    </Page>
  );
}

function ForeignFound({ found, onReview }: { found: Foreign; onReview: (found: Foreign) => void }) {
  const { title, review, slots } = found.step;
  const signed = slots.filter(({ kind }) => kind === 'signed').length;
  const grave = review.flags.filter(({ level }) => level !== 'warn').length;
  return (
    <Panel title="A transaction that was not made here" aside={`${signed} of ${slots.length} signatures`}>
      <div className="stack">
        <p>
          <strong>
            <Said text={title} />
          </strong>
        </p>
        {grave > 0 && (
          <p className="bad">
            {grave} {grave === 1 ? 'thing in it needs' : 'things in it need'} your attention: read the review.
          </p>
        )}
        <div>
          <p className="muted small">Message hash. Compare it with the one they see.</p>
          <MessageHash hash={review.messageHash} />
        </div>
        <div className="row">
          <Button onClick={() => onReview(found)}>Review it</Button>
        </div>
      </div>
    </Panel>
  );
}
