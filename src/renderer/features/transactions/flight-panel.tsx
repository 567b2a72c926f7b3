import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Flight, TransactionView } from '#core/transactions/journal-view.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { formatCount, formatSeconds } from '#renderer/lib/durations.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { refresh } from '#renderer/lib/queries.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** Blocks after the last valid one until a transaction counts as dead. Source: security bar §4.5. */
const MARGIN_BLOCKS = 32n;

/** What happens to a transaction that may still land: nothing to do but to know, or to send it once more now. */
export function FlightPanel({ view, flight }: { view: TransactionView; flight: Flight }) {
  const client = useClient();
  const queries = useQueryClient();
  const now = useNow();
  const { isConnected, lookedAt, sends } = flight;
  const isComplete = view.missing.length === 0;
  // One whose time is over is only watched: nothing would be sent.
  const canResend = isComplete && isConnected && view.outcome === undefined;
  const resend = useMutation({
    mutationFn: () => client.transactions.resend({ id: view.id }),
    onSuccess: () => refresh(queries, 'transactions', 'transaction'),
  });
  return (
    <Panel
      title="What happens now"
      aside={
        canResend && (
          <Button size="xs" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
            Send again now
          </Button>
        )
      }
    >
      <div className="stack">
        <p>{whatHappens(view, flight)}</p>
        {resend.isSuccess && (
          <p role="status" className="muted">
            The same bytes are on their way once more.
          </p>
        )}
        {resend.error && <Failure error={resend.error} title="It was not sent" onRetry={() => resend.mutate()} />}
        <Facts
          wide
          facts={[
            {
              label: 'Last answer about it',
              value:
                lookedAt === undefined
                  ? 'none since the app started'
                  : `${formatSeconds(Math.max(0, now - lookedAt) / 1_000)} ago${isConnected ? '' : ', before the connection was lost'}`,
            },
            ...(isComplete ? [{ label: 'Sent', value: sentWords(sends) }] : []),
            { label: 'Can land until', value: <Until view={view} flight={flight} /> },
          ]}
        />
      </div>
    </Panel>
  );
}

function Until({ view, flight }: { view: TransactionView; flight: Flight }) {
  const { finalizedHeight, lastValidBlockHeight, isNonceCurrent } = flight;
  if (view.review.lifetime.kind === 'nonce') {
    return (
      <>
        its nonce moves: it does not expire by itself
        {isNonceCurrent !== undefined && (
          <span className="muted"> · {isNonceCurrent ? 'the nonce is current' : 'the nonce has moved'}</span>
        )}
      </>
    );
  }
  if (lastValidBlockHeight === undefined) return <>its blockhash lapses</>;
  return (
    <>
      block <span className="mono">{formatCount(lastValidBlockHeight)}</span>
      {finalizedHeight !== undefined && (
        <span className="muted">
          {' '}
          · finalized is block <span className="mono">{formatCount(finalizedHeight)}</span>,{' '}
          {blocksLeft(finalizedHeight, lastValidBlockHeight)}
        </span>
      )}
    </>
  );
}

function whatHappens({ missing, outcome, review }: TransactionView, { isConnected }: Flight): string {
  const isDoubtful = outcome?.kind === 'unknown';
  const isNonce = review.lifetime.kind === 'nonce';
  if (!isConnected) {
    return 'The app is not connected to its network, so it neither sends it nor can it see whether it landed. Connect to that network; what was sent before may still land.';
  }
  if (isDoubtful && isNonce) {
    return 'Its nonce has moved and nobody has seen it. It is only watched until every node that answers says that it does not know it.';
  }
  if (isDoubtful) {
    return `Its last block has passed and nobody has seen it. It is only watched: ${MARGIN_BLOCKS} finalized blocks later, when the network still does not know it, it counts as expired.`;
  }
  if (missing.length > 0) {
    return 'Nothing is sent while a signature is missing. Whoever was given its bytes may complete and send it: the app looks for that too.';
  }
  return 'The same bytes are sent again every two seconds until it lands or can no longer land. It can take effect once at most. There is nothing to do.';
}

function sentWords(sends: number): string {
  if (sends === 0) return 'not since the app started';
  return `${formatCount(sends)} ${sends === 1 ? 'time' : 'times'}, always the same bytes`;
}

function blocksLeft(finalizedHeight: bigint, lastValidBlockHeight: bigint): string {
  const left = lastValidBlockHeight - finalizedHeight;
  if (left < 0n) return `${formatCount(-left)} past it`;
  return `${formatCount(left)} left`;
}
