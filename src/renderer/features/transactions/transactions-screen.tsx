import { Button } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { TransactionRow } from '#core/transactions/journal-view.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatShortMoment } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useTransactions } from '#renderer/lib/queries.ts';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { OutcomeBadge } from '#renderer/lib/review/outcome-badge.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';
import { useJournalExports } from './export-journal.tsx';
import { NeverExpiring } from './never-expiring.tsx';
import { filterTransactions, NEWEST_FIRST, NO_FILTER, type TransactionSorting } from './filter-transactions.ts';
import { TransactionFilters } from './transaction-filters.tsx';
import classes from './transactions.module.css';

/** The journal: everything that was signed here and what became of it. */
export function TransactionsScreen() {
  const navigation = useNavigation();
  const transactions = useTransactions();
  const { buttons, report } = useJournalExports();
  return (
    <Page
      title="Transactions"
      lead="Everything signed on this machine, written down before it was sent"
      actions={
        <>
          {transactions.data && transactions.data.length > 0 && buttons}
          <Button onClick={() => navigation.go({ kind: 'open-transaction' })}>Open a transaction</Button>
        </>
      }
    >
      {report}
      <QueryGate
        query={transactions}
        failed="The journal could not be read"
        skeleton={<SkeletonLines lines={8} height={28} />}
      >
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              title="Nothing has been signed yet"
              actions={
                <Button variant="default" onClick={() => navigation.go({ kind: 'create-run' })}>
                  Create run
                </Button>
              }
            >
              Each transaction appears here from the moment it is signed, with its bytes, its message hash and its end.
              After a crash the app looks up here what was in flight.
            </EmptyState>
          ) : (
            <>
              <NeverExpiring rows={rows} />
              <TransactionsTable rows={rows} />
            </>
          )
        }
      </QueryGate>
    </Page>
  );
}

function TransactionsTable({ rows }: { rows: readonly TransactionRow[] }) {
  const navigation = useNavigation();
  const [filter, setFilter] = useState(NO_FILTER);
  const [sorting, setSorting] = useState<TransactionSorting>(NEWEST_FIRST);
  const settled = useDeferredValue(filter);
  const shown = useMemo(() => filterTransactions(rows, settled, sorting), [rows, settled, sorting]);
  return (
    <>
      <TransactionFilters rows={rows} shown={shown.length} filter={filter} onFilter={setFilter} />
      {shown.length === 0 ? (
        <EmptyState
          title="No transaction matches"
          actions={
            <Button variant="default" onClick={() => setFilter(NO_FILTER)}>
              Clear the filter
            </Button>
          }
        >
          The search looks into titles, runs, labels and notes, and at the beginning of signatures and message hashes.
        </EmptyState>
      ) : (
        <VirtualTable
          label="Transactions"
          columns={COLUMNS}
          rows={shown}
          rowKey={({ id }) => id}
          rowLabel={({ title }) => title}
          rowHeight={52}
          sorting={sorting}
          onSort={(column) => setSorting(nextSorting(sorting, column))}
          onOpen={({ id }) => navigation.go({ kind: 'transaction', id })}
        />
      )}
    </>
  );
}

/** A column sorts upwards, then downwards, then the newest are first again. */
function nextSorting(now: TransactionSorting, column: string): TransactionSorting {
  if (now.column !== column) return { column, descending: false };
  return now.descending ? NEWEST_FIRST : { column, descending: true };
}

const COLUMNS: readonly Column<TransactionRow>[] = [
  {
    id: 'title',
    title: 'What',
    width: 'minmax(170px, 3fr)',
    cell: ({ title, label, note }) => (
      <div className={classes.what}>
        <strong className="clip">
          <Said text={title} />
        </strong>
        {(label !== '' || note !== '') && (
          <span className="clip small">
            {label !== '' && (
              <Chip>
                <Said text={label} />
              </Chip>
            )}{' '}
            {note !== '' && (
              <span className="muted">
                <Said text={note.replaceAll('\n', ' · ')} />
              </span>
            )}
          </span>
        )}
      </div>
    ),
  },
  {
    id: 'run',
    title: 'Run',
    width: 'minmax(120px, 1.4fr)',
    cell: ({ runId }) =>
      runId === undefined ? (
        <span className="muted">–</span>
      ) : (
        <span className="mono clip">
          <Said text={runId} />
        </span>
      ),
  },
  {
    id: 'outcome',
    title: 'Result',
    width: '110px',
    cell: ({ outcome, missing }) => <OutcomeBadge outcome={outcome} missing={missing.length} />,
  },
  {
    id: 'network',
    title: 'Network',
    width: '76px',
    cell: ({ networkName }) => (
      <span className="clip">
        <Said text={networkName} />
      </span>
    ),
  },
  {
    id: 'payer',
    title: 'Fee payer',
    width: '166px',
    cell: ({ feePayer }) => <AddressLine address={feePayer} />,
  },
  { id: 'fee', title: 'Fee', width: '112px', align: 'end', cell: ({ feeLamports }) => <Sol lamports={feeLamports} /> },
  {
    id: 'when',
    title: 'Started',
    width: '110px',
    align: 'end',
    cell: ({ startedAt }) => <span className="muted">{formatShortMoment(startedAt)}</span>,
  },
];
