import type { Flight } from '#core/transactions/journal-view.ts';
import type { Review } from '#core/transactions/review.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatCount, formatSeconds } from '#renderer/lib/durations.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Facts } from '#renderer/ui/facts.tsx';
import { Panel } from '#renderer/ui/panel.tsx';

/** Blocks after the last valid one until a transaction counts as dead. Source: security bar §4.5. */
const MARGIN_BLOCKS = 32n;

/** What happens to a transaction that may still land: nothing to do but to know. */
export function FlightPanel({
  flight,
  lifetime,
  isDoubtful,
}: {
  flight: Flight;
  lifetime: Review['lifetime'];
  isDoubtful: boolean;
}) {
  const { isConnected, lookedAt, sends, finalizedHeight, lastValidBlockHeight } = flight;
  const now = useNow();
  return (
    <Panel title="What happens now">
      <div className="stack">
        <p>{whatHappens(flight, lifetime, isDoubtful)}</p>
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
            {
              label: 'Sent',
              value:
                sends === 0
                  ? 'not since the app started'
                  : `${formatCount(sends)} ${sends === 1 ? 'time' : 'times'}, always the same bytes`,
            },
            {
              label: 'Can land until',
              value:
                lifetime.kind === 'nonce' ? (
                  <>
                    the nonce of <AddressLine address={lifetime.nonceAccount} /> moves: it does not expire by itself
                  </>
                ) : (
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
                ),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function whatHappens({ isConnected }: Flight, { kind }: Review['lifetime'], isDoubtful: boolean): string {
  if (!isConnected) {
    return 'The app is not connected to its network, so it neither sends it nor can it see whether it landed. Connect to that network; what was sent before may still land.';
  }
  if (isDoubtful && kind === 'nonce') {
    return 'Its nonce has moved and nobody has seen it. It is only watched until every node that answers says that it does not know it.';
  }
  if (isDoubtful) {
    return `Its last block has passed and nobody has seen it. It is only watched: ${MARGIN_BLOCKS} finalized blocks later, when the network still does not know it, it counts as expired.`;
  }
  return 'The same bytes are sent again every two seconds until it lands or can no longer land. It can take effect once at most. There is nothing to do.';
}

function blocksLeft(finalizedHeight: bigint, lastValidBlockHeight: bigint): string {
  const left = lastValidBlockHeight - finalizedHeight;
  if (left < 0n) return `${formatCount(-left)} past it`;
  return `${formatCount(left)} left`;
}
