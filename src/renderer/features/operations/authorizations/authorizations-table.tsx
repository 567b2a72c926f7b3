import { useMemo } from 'react';
import type { AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { safeText } from '#core/units/safe-text.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import type { Navigation } from '#renderer/lib/navigation.tsx';
import { Said } from '#renderer/lib/said.tsx';
import { Sol } from '#renderer/lib/sol.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';
import { agoWords, whoWords } from './authorization-words.ts';
import { RowActions } from './row-actions.tsx';
import { Who } from './who.tsx';
import classes from './authorizations.module.css';

/** Authorizations as rows: Enter or a click opens one. */
export function AuthorizationsTable({
  rows,
  clusterTime,
  navigation,
  labels,
}: {
  rows: readonly AuthorizationRow[];
  clusterTime: number;
  navigation: Navigation;
  labels: ReadonlyMap<string, string>;
}) {
  const columns = useMemo(() => columnsOf(clusterTime, navigation, labels), [clusterTime, navigation, labels]);
  return (
    <VirtualTable
      label="Authorizations"
      columns={columns}
      rows={rows}
      rowKey={({ address }) => address}
      rowLabel={({ grantee, active }) => `${whoWords(grantee, labels)}, ${active ? 'active' : 'inactive'}`}
      rowHeight={60}
      onOpen={({ grantor, grantee }) => navigation.go({ kind: 'authorization', grantor, grantee })}
    />
  );
}

function columnsOf(
  clusterTime: number,
  navigation: Navigation,
  labels: ReadonlyMap<string, string>,
): readonly Column<AuthorizationRow>[] {
  return [
    {
      id: 'who',
      title: 'Who may join',
      width: 'minmax(210px, 1.6fr)',
      cell: ({ grantee, grantor }) => (
        <div className={classes.two}>
          <span className="clip">
            <Who grantee={grantee} />
          </span>
          <span className="clip muted small">
            by <AddressLine address={grantor} />
          </span>
        </div>
      ),
    },
    {
      id: 'state',
      title: 'State',
      width: '92px',
      cell: ({ active, updatedAt }) => (
        <div className={classes.two}>
          <span>{active ? <Chip tone="good">active</Chip> : <Chip>inactive</Chip>}</span>
          <span className="clip muted small">
            {updatedAt === undefined ? 'never switched' : agoWords(updatedAt, clusterTime)}
          </span>
        </div>
      ),
    },
    {
      id: 'delegates',
      title: 'Delegates',
      width: '68px',
      align: 'end',
      cell: ({ delegates }) => (delegates.length === 0 ? <span className="muted">none</span> : delegates.length),
    },
    {
      id: 'runs',
      title: 'Runs that accept it',
      width: 'minmax(110px, 1.2fr)',
      cell: ({ runs }) => <Runs runs={runs} />,
    },
    { id: 'rent', title: 'Rent', width: '118px', align: 'end', cell: ({ lamports }) => <Sol lamports={lamports} /> },
    {
      id: 'act',
      title: '',
      width: '276px',
      align: 'end',
      cell: (row) => (
        <RowActions row={row} clusterTime={clusterTime} who={whoWords(row.grantee, labels)} navigation={navigation} />
      ),
    },
  ];
}

/** Run ids that are named on hover. */
const MOST_NAMED = 20;

function Runs({ runs }: { runs: readonly string[] }) {
  const [first, ...others] = runs;
  if (first === undefined) return <span className="muted">none yet</span>;
  return (
    <div className={classes.two}>
      <span className="clip mono" title={safeText(first).text}>
        <Said text={first} />
      </span>
      {others.length > 0 && (
        <span className="clip muted small" title={safeText(others.slice(0, MOST_NAMED).join(', ')).text}>
          and {others.length} more
        </span>
      )}
    </div>
  );
}
