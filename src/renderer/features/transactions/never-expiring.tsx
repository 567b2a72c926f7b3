import { Button } from '@mantine/core';
import type { TransactionRow } from '#core/transactions/journal-view.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatShortMoment } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useConnection, useNonces } from '#renderer/lib/queries.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import classes from './transactions.module.css';

/** Lines that are shown without opening the rest. */
const MOST_LINES = 4;

type Pending = TransactionRow & { readonly nonce: NonNullable<TransactionRow['nonce']> };

/** Signed transactions that no time ends: who is missing in each, and the button that kills it. Nothing when there are none. */
export function NeverExpiring({ rows }: { rows: readonly TransactionRow[] }) {
  const pending = rows.filter(isPending);
  if (pending.length === 0) return null;
  return (
    <Panel title="Never expire until used" aside={`${pending.length} pending`}>
      <PendingLines rows={pending.slice(0, MOST_LINES)} />
      {pending.length > MOST_LINES && (
        <Fold title={`and ${pending.length - MOST_LINES} more`}>
          <PendingLines rows={pending.slice(MOST_LINES)} />
        </Fold>
      )}
    </Panel>
  );
}

function PendingLines({ rows }: { rows: readonly Pending[] }) {
  return (
    <ul className={classes.register}>
      {rows.map((row) => (
        <PendingLine key={row.id} row={row} />
      ))}
    </ul>
  );
}

function PendingLine({ row }: { row: Pending }) {
  const { id, title, missing, nonce, startedAt, genesisHash, networkName } = row;
  const navigation = useNavigation();
  const connection = useConnection().data;
  const isElsewhere = connection?.kind === 'online' && connection.genesisHash !== genesisHash;
  const account = useNonces().data?.rows.find(({ address }) => address === nonce.account);
  const isForeign = account?.state.kind === 'foreign';
  const hasMoved = account?.nonce !== undefined && account.nonce !== nonce.value;
  return (
    <li className={classes.pending}>
      <div className={classes.what}>
        <button type="button" className="link" onClick={() => navigation.go({ kind: 'transaction', id })}>
          <Said text={title} />
        </button>
        <span className="muted small">
          since {formatShortMoment(startedAt)} · nonce <AddressLine address={nonce.account} />
        </span>
        <span className="small">
          {hasMoved ? (
            'Its nonce has moved: it landed or is dead, and the app finds out which'
          ) : missing.length === 0 ? (
            'Complete: it can land at any moment'
          ) : (
            <span className="row" style={{ gap: 6 }}>
              Missing:
              {missing.map((address) => (
                <AddressLine key={address} address={address} />
              ))}
            </span>
          )}
        </span>
      </div>
      {isElsewhere && (
        <span className="muted small">
          Connect to <Said text={networkName} /> to cancel it
        </span>
      )}
      {isForeign && !hasMoved && <span className="muted small">Only the nonce’s authority can cancel it</span>}
      {!isForeign && !hasMoved && !isElsewhere && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Revoke ${title}`}
          onClick={() => navigation.go({ kind: 'change-nonce', nonceAccount: nonce.account, act: 'advance' })}
        >
          Revoke
        </Button>
      )}
    </li>
  );
}

function isPending(row: TransactionRow): row is Pending {
  return row.nonce !== undefined && (row.outcome === undefined || row.outcome.kind === 'unknown');
}
