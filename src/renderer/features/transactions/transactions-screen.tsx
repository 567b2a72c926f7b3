import { Button } from '@mantine/core';
import type { TransactionRow } from '#core/transactions/journal-view.ts';
import { formatShortMoment } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useTransactions } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { OutcomeBadge } from '#renderer/lib/review/outcome-badge.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { AddressLine } from '#renderer/lib/address.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';

/** The journal: everything that was signed here and what became of it. */
export function TransactionsScreen() {
  const navigation = useNavigation();
  const transactions = useTransactions();
  return (
    <Page title="Transactions" lead="Everything signed on this machine, written down before it was sent">
      <QueryGate
        query={transactions}
        failed="The journal could not be read"
        skeleton={<SkeletonLines lines={8} height={28} />}
      >
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              title="Nothing has been signed yet"
              actions={<Button onClick={() => navigation.go({ kind: 'create-run' })}>Create run</Button>}
            >
              Each transaction appears here from the moment it is signed, with its bytes, its message hash and its end.
              After a crash the app looks up here what was in flight.
            </EmptyState>
          ) : (
            <VirtualTable
              label="Transactions"
              columns={COLUMNS}
              rows={rows}
              rowKey={({ id }) => id}
              rowLabel={({ title }) => title}
              rowHeight={48}
              onOpen={({ id }) => navigation.go({ kind: 'transaction', id })}
            />
          )
        }
      </QueryGate>
    </Page>
  );
}

const COLUMNS: readonly Column<TransactionRow>[] = [
  {
    id: 'title',
    title: 'What',
    width: 'minmax(220px, 3fr)',
    cell: ({ title }) => (
      <strong>
        <Said text={title} />
      </strong>
    ),
  },
  {
    id: 'run',
    title: 'Run',
    width: 'minmax(130px, 1.4fr)',
    cell: ({ runId }) =>
      runId === undefined ? (
        <span className="muted">–</span>
      ) : (
        <span className="mono">
          <Said text={runId} />
        </span>
      ),
  },
  {
    id: 'outcome',
    title: 'Result',
    width: '96px',
    cell: ({ outcome }) => <OutcomeBadge outcome={outcome} />,
  },
  { id: 'network', title: 'Network', width: '76px', cell: ({ networkName }) => networkName },
  {
    id: 'payer',
    title: 'Fee payer',
    width: '184px',
    cell: ({ feePayer }) => <AddressLine address={feePayer} />,
  },
  { id: 'fee', title: 'Fee', width: '116px', align: 'end', cell: ({ feeLamports }) => <Sol lamports={feeLamports} /> },
  {
    id: 'when',
    title: 'Started',
    width: '110px',
    align: 'end',
    cell: ({ startedAt }) => <span className="muted">{formatShortMoment(startedAt)}</span>,
  },
];
