import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import Search from 'lucide-react/icons/search';
import { useDeferredValue, useMemo, useState } from 'react';
import type { RunRow } from '#core/runs/run-row.ts';
import { AddressLine } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { codeWords } from '#renderer/lib/error-words.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useConnection, useRuns } from '#renderer/lib/queries.ts';
import { ProgramMark } from '#renderer/lib/program-notices.tsx';
import { QueryGate } from '#renderer/lib/query-gate.tsx';
import { RunStateBadge } from '#renderer/lib/run-state-badge.tsx';
import { RUN_STATES } from '#renderer/lib/run-states.ts';
import { Said } from '#renderer/lib/said.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { type Column, VirtualTable } from '#renderer/ui/virtual-table.tsx';
import { filterRuns, MINE_FIRST, type RunFilter, type RunSorting } from './filter-runs.ts';
import { OpenById } from './open-by-id.tsx';
import classes from './runs-screen.module.css';

/** All runs of the network, the operator's own first. */
export function RunsScreen() {
  const navigation = useNavigation();
  const connection = useConnection().data;
  const runs = useRuns();
  const create = <Button onClick={() => navigation.go({ kind: 'create-run' })}>Create run</Button>;
  if (connection?.kind === 'offline') {
    return (
      <Page title="Runs">
        <EmptyState
          title="This machine stays offline"
          actions={<Button onClick={() => navigation.go({ kind: 'networks' })}>Choose a network</Button>}
        >
          No connection is open, so there are no runs to list. Choose a network to connect, or practise on the one
          inside this app.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title="Runs"
      actions={
        <>
          <OpenById onOpen={(runId) => navigation.go({ kind: 'run', runId })} />
          {create}
        </>
      }
    >
      <ProgramMark />
      <QueryGate
        query={runs}
        failed="The runs could not be listed"
        skeleton={<SkeletonLines lines={10} height={28} label="Reading the runs: usually under two seconds" />}
      >
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No runs on this network yet" actions={create}>
              A run is one training job that many machines join. Create one: it takes about two minutes, and on the
              practice network it costs nothing. If your provider refuses listing, open a run by its id instead.
            </EmptyState>
          ) : (
            <RunsTable rows={rows} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function RunsTable({ rows }: { rows: readonly RunRow[] }) {
  const navigation = useNavigation();
  const [filter, setFilter] = useState<RunFilter>({ text: '', state: '', onlyMine: false });
  const [sorting, setSorting] = useState<RunSorting>(MINE_FIRST);
  const settled = useDeferredValue(filter);
  const shown = useMemo(() => filterRuns(rows, settled, sorting), [rows, settled, sorting]);
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          aria-label="Search runs"
          placeholder="Search id, name or address"
          leftSection={<Search size={14} aria-hidden />}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
          w={280}
        />
        <Select
          aria-label="State"
          data={[
            { value: '', label: 'Every state' },
            ...Object.entries(RUN_STATES).map(([value, { word }]) => ({ value, label: word })),
            { value: 'unreadable', label: 'Not readable' },
          ]}
          value={filter.state}
          onChange={(state) => setFilter({ ...filter, state: state ?? '' })}
          w={160}
        />
        <Checkbox
          label="Mine only"
          checked={filter.onlyMine}
          onChange={(event) => setFilter({ ...filter, onlyMine: event.currentTarget.checked })}
        />
        {sorting.column !== MINE_FIRST.column && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => setSorting(MINE_FIRST)}>
            Mine first again
          </Button>
        )}
        <span className="muted" role="status">
          {shown.length === rows.length
            ? `${formatCount(rows.length)} ${rows.length === 1 ? 'run' : 'runs'}`
            : `${formatCount(shown.length)} of ${formatCount(rows.length)} runs`}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title="No run matches"
          actions={
            <Button variant="default" onClick={() => setFilter({ text: '', state: '', onlyMine: false })}>
              Clear the filter
            </Button>
          }
        >
          Nothing among {formatCount(rows.length)} runs fits this search and state.
        </EmptyState>
      ) : (
        <VirtualTable
          label="Runs"
          columns={COLUMNS}
          rows={shown}
          rowKey={({ instance }) => instance}
          rowLabel={({ runId }) => `Run ${runId}`}
          rowHeight={52}
          sorting={sorting}
          onSort={(column) => setSorting(nextSorting(sorting, column))}
          onOpen={({ runId }) => navigation.go({ kind: 'run', runId })}
        />
      )}
    </>
  );
}

/** A column sorts upwards, then downwards, then the list is as it was. */
function nextSorting(now: RunSorting, column: string): RunSorting {
  if (now.column !== column) return { column, descending: false };
  return now.descending ? MINE_FIRST : { column, descending: true };
}

const COLUMNS: readonly Column<RunRow>[] = [
  {
    id: 'run',
    title: 'Run',
    width: 'minmax(200px, 2.4fr)',
    cell: (row) => (
      <div className={classes.run}>
        <span className="clip">
          <strong className="mono">
            <Said text={row.runId} empty="(empty id)" />
          </strong>{' '}
          {row.mine && <Chip tone="accent">mine</Chip>}
        </span>
        <span className="clip muted small">
          {row.reading.kind === 'ok' ? (
            <Said text={row.reading.name} empty="no name" />
          ) : (
            codeWords(row.reading.code, row.reading.params).happened
          )}
        </span>
      </div>
    ),
  },
  {
    id: 'state',
    title: 'State',
    width: 'minmax(120px, 1fr)',
    cell: ({ reading }) =>
      reading.kind === 'ok' ? <RunStateBadge state={reading.state} /> : <Chip tone="warn">not readable</Chip>,
  },
  {
    id: 'epoch',
    title: 'Epoch',
    width: '64px',
    align: 'end',
    cell: ({ reading }) => (reading.kind === 'ok' ? reading.epoch : '–'),
  },
  {
    id: 'step',
    title: 'Step',
    width: 'minmax(120px, 1fr)',
    align: 'end',
    cell: ({ reading }) =>
      reading.kind === 'ok' ? (
        <>
          {formatCount(reading.step)} <span className="muted">of {formatCount(reading.totalSteps)}</span>
        </>
      ) : (
        '–'
      ),
  },
  {
    id: 'clients',
    title: 'Clients',
    width: '96px',
    align: 'end',
    cell: ({ reading }) =>
      reading.kind === 'ok' ? (
        <>
          {reading.epochClients} <span className="muted">of {reading.knownClients}</span>
        </>
      ) : (
        '–'
      ),
  },
  {
    id: 'version',
    title: 'Client version',
    width: 'minmax(90px, 1fr)',
    cell: ({ reading }) =>
      reading.kind === 'ok' ? (
        <span className="mono">
          <Said text={reading.clientVersion} empty="none" />
        </span>
      ) : (
        '–'
      ),
  },
  {
    id: 'owner',
    title: 'Main authority',
    width: 'minmax(180px, 1.3fr)',
    cell: ({ mainAuthority }) => <AddressLine address={mainAuthority} />,
  },
];
